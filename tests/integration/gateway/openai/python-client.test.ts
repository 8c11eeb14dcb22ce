import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { deleteLimit } from "@/db/queries/limits";
import { loadPolicyRules } from "@/lib/gateway/policy/policy-rules";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { openaiHearth } from "@/tests/support/openai-hearth";
import { aLimit } from "@/tests/support/policy";
import { pythonOpenai } from "@/tests/support/python-openai";

const model = "ollama/llama3.2:3b";
// Before the tests are collected, so that where it is not to be had they are told as skipped.
const python = await pythonOpenai();

describe.skipIf(!python)("the official client for Python, with nothing but address and key changed", () => {
  let ollama: FakeHost;
  let hearth: Awaited<ReturnType<typeof openaiHearth>>;
  const step = (name: string) => python?.step(name, { url: hearth.url, apiKey: hearth.apiKey, model, embedder: model });

  beforeAll(async () => {
    ollama = await fakeOllama({ tokens: 3 });
    hearth = await openaiHearth({ OLLAMA_BASE_URL: ollama.url });
  });
  afterEach(() => ollama.behave({ reply: undefined, toolCalls: undefined }));
  afterAll(async () => {
    await hearth.close();
    await ollama.close();
    await python?.close();
  });

  test("chats", async () => expect(await step("chat")).toEqual({ text: "tok0 tok1 tok2 ", tokens: 14 }));

  test("streams, with the counts", async () => expect(await step("stream")).toEqual({ text: "tok0 tok1 tok2 ", tokens: 14 }));

  test("calls a tool and sends its result back", async () => {
    await ollama.behave({ toolCalls: [{ name: "weather", input: { city: "Bern" } }] });
    expect(await step("tools")).toEqual({ name: "weather", input: { city: "Bern" }, text: "tok0 tok1 tok2 " });
    expect(ollama.chats.at(-1)?.body.messages).toMatchObject([{}, {}, { role: "tool", content: "Snow" }]);
  });

  test("parses structured output into a pydantic model", async () => {
    await ollama.behave({ reply: '{"x":1,"y":2}' });
    expect(await step("parse")).toEqual({ x: 1, y: 2 });
    expect(ollama.chats.at(-1)?.body.format).toMatchObject({ type: "object", required: ["x", "y"] });
  });

  test("gets embeddings", async () =>
    expect(await step("embeddings")).toEqual([
      [3, 0, 0.5],
      [5, 1, 0.5],
    ]));

  test("streams a response and puts it together", async () => expect(await step("responses")).toEqual({ text: "tok0 tok1 tok2 " }));

  test("tries again by itself: when Retry-After says so after a limit was met, and after a failure that may pass", async () => {
    const { id } = await aLimit({ subjectKind: "everyone", parallel: 1 });
    await ollama.behave({ tokens: 2_000, intervalMs: 20 });
    const running = await hearth.call("/chat/completions", { model, stream: true, messages: [{ role: "user", content: "Count." }] });
    const limited = step("retry");
    await expect.poll(() => hearth.statuses, { timeout: 20_000 }).toContain(429);
    await running.body?.cancel();
    await ollama.behave({ tokens: 3, intervalMs: 0, misbehave: "unavailable" });
    await expect.poll(() => hearth.statuses, { timeout: 20_000 }).toContain(503);
    await ollama.behave({ misbehave: undefined });
    expect(await limited).toEqual({ text: "tok0 tok1 tok2 " });
    await deleteLimit(db(), id);
    await loadPolicyRules();
  }, 60_000);

  test("raises its own errors, with the code and the field at fault", async () =>
    expect(await step("errors")).toEqual({
      unknown: ["NotFoundError", "model_not_found", "model"],
      bad: ["BadRequestError", null, "temperature"],
      stranger: ["AuthenticationError", "invalid_api_key", null],
    }));
});
