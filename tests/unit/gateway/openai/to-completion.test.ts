import { createOpenAI } from "@ai-sdk/openai";
import { expect, test } from "vitest";
import { readAll, replyOf } from "@/lib/gateway/openai/open-reply";
import { readAnswer } from "@/lib/gateway/openai/read-answer";
import { toCompletion } from "@/lib/gateway/openai/to-completion";

const counts = { input: 1, output: 1, cached: 0, reasoning: 0 };

/** The completion of what OpenAI's package makes of a stream with these deltas. */
async function completionOf(deltas: object[], finish: string) {
  const chunk = (delta: object, finish_reason: string | null) =>
    `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "gpt-5", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const body = `${deltas.map((delta) => chunk(delta, null)).join("")}${chunk({}, finish)}data: [DONE]\n\n`;
  const answered = async () => new Response(body, { headers: { "content-type": "text/event-stream" } });
  const model = createOpenAI({ apiKey: "sk-test", fetch: answered }).chat("gpt-5");
  const { stream } = await model.doStream({ prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] });
  const parts = await readAll({ ...replyOf([]), rest: stream.getReader() });
  return toCompletion(readAnswer(parts), { id: "c", created: 1, model: "openai/gpt-5" }, counts).choices[0];
}

test("a model's refusal is told as one, and no other text is", async () => {
  expect(await completionOf([{ refusal: "I cannot " }, { refusal: "help." }], "stop")).toMatchObject({
    finish_reason: "stop",
    message: { content: null, refusal: "I cannot help." },
  });
  expect(await completionOf([{ content: "Well" }], "stop")).toMatchObject({
    finish_reason: "stop",
    message: { content: "Well", refusal: null },
  });
  expect(await completionOf([{ content: "Well" }], "content_filter")).toMatchObject({
    finish_reason: "content_filter",
    message: { content: "Well", refusal: null },
  });
});
