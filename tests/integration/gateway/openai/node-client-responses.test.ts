import { createOpenAI } from "@ai-sdk/openai";
import type OpenAI from "openai";
import { BadRequestError } from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { weather, withNodeClient } from "@/tests/support/node-client";

const point = z.object({ x: z.int(), y: z.int() });

describe("the official client for Node with the Responses API", () => {
  const on = withNodeClient();
  const model = "ollama/llama3.2:3b";

  test("asks with a text and with items, instructions and an earlier answer", async () => {
    const first = await on.client.responses.create({ model, input: "Count.", instructions: "Be brief." });
    expect(first).toMatchObject({ status: "completed", output_text: "tok0 tok1 tok2 ", usage: { input_tokens: 11, output_tokens: 3 } });
    expect(on.ollama.chats[0]?.body.messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Count." },
    ]);
    const input = [
      { role: "user" as const, content: "Count." },
      ...first.output,
      { role: "user" as const, content: [{ type: "input_text" as const, text: "Again." }] },
    ];
    await on.client.responses.create({ model, input: input as OpenAI.Responses.ResponseInput });
    expect(on.ollama.chats[1]?.body.messages).toEqual([
      { role: "user", content: "Count." },
      { role: "assistant", content: "tok0 tok1 tok2 " },
      { role: "user", content: "Again." },
    ]);
  });

  test("streams events in their order, and puts them together again", async () => {
    await on.openai.behave({ reasoning: "hm" });
    const stream = on.client.responses.stream({ model: "openai/gpt-5", input: "Count." });
    const types: string[] = [];
    const numbers: number[] = [];
    stream.on("event", (event) => {
      numbers.push(event.sequence_number);
      if (types.at(-1) !== event.type) types.push(event.type);
    });
    const response = await stream.finalResponse();
    expect(response.output_text).toBe("tok0 tok1 tok2 ");
    expect(response.output.map(({ type }) => type)).toEqual(["reasoning", "message"]);
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(types).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.content_part.added",
      "response.reasoning_text.delta",
      "response.reasoning_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
  });

  test.each([true, false])("calls functions and takes their results (stream: %s)", async (isStream) => {
    await on.openai.behave({ toolCalls: [{ id: "c1", name: "weather", input: { city: "Bern" } }] });
    const body = { model: "openai/gpt-5", input: "How is the weather?", tools: [{ type: "function" as const, ...weather }] };
    const response = isStream ? await on.client.responses.stream(body).finalResponse() : await on.client.responses.create(body);
    const call = response.output[0] as OpenAI.Responses.ResponseFunctionToolCall;
    expect(call).toMatchObject({
      type: "function_call",
      call_id: "c1",
      name: "weather",
      arguments: '{"city":"Bern"}',
      status: "completed",
    });
    const result = { type: "function_call_output" as const, call_id: "c1", output: "Snow" };
    const last = await on.client.responses.create({ ...body, input: [{ role: "user", content: body.input }, call, result] });
    expect(last.output_text).toBe("tok0 tok1 tok2 ");
    expect(on.openai.chats[1]?.body.messages).toMatchObject([
      { role: "user" },
      { role: "assistant", tool_calls: [{ id: "c1" }] },
      { role: "tool", content: "Snow" },
    ]);
  });

  test("parses structured output by a zod schema", async () => {
    await on.ollama.behave({ nextReplies: ['{"x":"1"}', '{"x":1,"y":2}'] });
    const response = await on.client.responses.parse({ model, input: "Where?", text: { format: zodTextFormat(point, "point") } });
    expect(response.output_parsed).toEqual({ x: 1, y: 2 });
    expect(on.ollama.chats).toHaveLength(2);
  });

  test("has how wordy to be passed on to hosts that read it, and refused for others unless it is as usual", async () => {
    const ask = (name: string, verbosity: "low" | "medium") =>
      on.client.responses.create({ model: name, input: "Hi", text: { verbosity }, reasoning: { effort: "low", summary: "auto" } });
    expect(await ask("openai/gpt-5", "low")).toMatchObject({ text: { verbosity: "low" } });
    expect(on.openai.chats[0]?.body).toMatchObject({ verbosity: "low", reasoning_effort: "low" });
    await expect(ask(model, "low")).rejects.toMatchObject({ code: "unsupported_parameter", param: "verbosity" });
    expect(await ask(model, "medium")).toMatchObject({ status: "completed", text: { format: { type: "text" }, verbosity: "medium" } });
  });

  test.each<[string, object, string | null]>([
    ["text.colour", { text: { colour: "red" } }, "unknown_parameter"],
    ["reasoning.colour", { reasoning: { colour: "red" } }, "unknown_parameter"],
    ["reasoning.mode", { reasoning: { mode: "pro" } }, null],
    ["reasoning.context", { reasoning: { context: "all_turns" } }, null],
  ])("is told that %s has no effect, for OpenAI's models too", async (param, change, code) => {
    for (const name of [model, "openai/gpt-5"])
      await expect(on.client.responses.create({ model: name, input: "Hi", ...change })).rejects.toMatchObject({ status: 400, code, param });
    const usual = { reasoning: { mode: "standard" as const, context: "auto" as const } };
    expect(await on.client.responses.create({ model, input: "Hi", ...usual })).toMatchObject({ status: "completed" });
  });

  test("and the AI SDK's are not refused for what they send unasked", async () => {
    const provider = createOpenAI({ baseURL: on.hearth.url, apiKey: on.hearth.apiKey });
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Count." }] }];
    const { content } = await provider.responses("gpt-5").doGenerate({ prompt, reasoning: "low" });
    expect(content).toMatchObject([{ type: "text", text: "tok0 tok1 tok2 " }]);
    expect(on.openai.chats[0]?.body).toMatchObject({ model: "gpt-5", reasoning_effort: "low" });
  });

  test("is told that nothing is kept here, and of a failure on the way", async () => {
    const ask = (change: object) => on.client.responses.create({ model, input: "Hi", ...change });
    await expect(ask({ store: true })).rejects.toMatchObject({ constructor: BadRequestError, param: "store" });
    await expect(ask({ previous_response_id: "resp_1" })).rejects.toMatchObject({ param: "previous_response_id" });
    await expect(ask({ background: true })).rejects.toMatchObject({ code: "unsupported_parameter", param: "background" });
    await expect(ask({ colour: "red" })).rejects.toMatchObject({ code: "unknown_parameter", param: "colour" });
    await on.ollama.behave({ tokens: 4, misbehave: "error-mid-stream" });
    const events = [];
    for await (const event of await on.client.responses.create({ model, input: "Hi", stream: true })) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: "response.failed", response: { status: "failed", error: { code: "broke_off" } } });
  });
});
