import OpenAI, { AuthenticationError, BadRequestError, InternalServerError, NotFoundError } from "openai";
import { zodResponseFormat, zodTextFormat } from "openai/helpers/zod";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { openaiHearth } from "@/tests/support/openai-hearth";

const weather = { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } }, strict: false };
const point = z.object({ x: z.int(), y: z.int() });
const messages = [{ role: "user" as const, content: "Count." }];
const calm = {
  misbehave: undefined,
  reply: undefined,
  nextReplies: undefined,
  toolCalls: undefined,
  reasoning: undefined,
  tokens: 3,
  intervalMs: 0,
};

describe("the official client for Node, with nothing but address and key changed", () => {
  let ollama: FakeHost;
  let openai: FakeHost;
  let hearth: Awaited<ReturnType<typeof openaiHearth>>;
  let client: OpenAI;
  const model = "ollama/llama3.2:3b";

  beforeAll(async () => {
    const embedder = { name: "embedder", capabilities: ["embedding"], contextLength: 512 };
    const talker = { name: "llama3.2:3b", capabilities: ["completion", "tools"], contextLength: 131_072, loaded: true };
    ollama = await fakeOllama({ models: [talker, embedder] });
    openai = await fakeOpenai({ models: [{ name: "gpt-5" }, { name: "text-embedding-3-small" }] });
    hearth = await openaiHearth({ OLLAMA_BASE_URL: ollama.url, OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_API_KEY: "sk-test" });
    client = new OpenAI({ baseURL: hearth.url, apiKey: hearth.apiKey, maxRetries: 0 });
  });
  beforeEach(async () => {
    await ollama.behave(calm);
    await openai.behave(calm);
    ollama.requests.length = 0;
    openai.requests.length = 0;
    hearth.statuses.length = 0;
  });
  afterAll(async () => {
    await hearth.close();
    await ollama.close();
    await openai.close();
  });

  test("chats", async () => {
    const completion = await client.chat.completions.create({ model, messages });
    expect(completion.choices[0]?.message.content).toBe("tok0 tok1 tok2 ");
    expect(completion.usage?.total_tokens).toBe(14);
    expect(completion._request_id).toMatch(/^[\w-]{8,}$/);
  });

  test("streams, and puts the stream together again", async () => {
    const stream = client.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });
    const texts: string[] = [];
    stream.on("content", (text) => texts.push(text));
    const completion = await stream.finalChatCompletion();
    expect(texts.join("")).toBe("tok0 tok1 tok2 ");
    expect(completion).toMatchObject({
      choices: [{ finish_reason: "stop", message: { content: "tok0 tok1 tok2 " } }],
      usage: { total_tokens: 14 },
    });
  });

  test.each(["ollama/llama3.2:3b", "openai/gpt-5"])("runs tools with %s, there and back", async (name) => {
    await ollama.behave({ toolCalls: [{ name: "weather", input: { city: "Bern" } }] });
    await openai.behave({ toolCalls: [{ id: "c1", name: "weather", input: { city: "Bern" } }] });
    const asked: unknown[] = [];
    const runs = (input: unknown) => {
      asked.push(input);
      return "Snow";
    };
    const declared = { ...weather, description: "The weather", parse: JSON.parse as (text: string) => object, function: runs };
    const runner = client.chat.completions.runTools({
      model: name,
      messages,
      stream: true,
      tools: [{ type: "function", function: declared }],
    });
    expect(await runner.finalContent()).toBe("tok0 tok1 tok2 ");
    expect(asked).toEqual([{ city: "Bern" }]);
    const host = name.startsWith("ollama") ? ollama : openai;
    expect(host.chats[1]?.body.messages).toMatchObject([{}, { role: "assistant" }, { role: "tool", content: "Snow" }]);
  });

  test("parses structured output by a zod schema", async () => {
    await ollama.behave({ reply: '{"x":1,"y":2}' });
    const completion = await client.chat.completions.parse({ model, messages, response_format: zodResponseFormat(point, "point") });
    expect(completion.choices[0]?.message.parsed).toEqual({ x: 1, y: 2 });
    expect(ollama.chats[0]?.body.format).toMatchObject({ type: "object", required: ["x", "y"] });
    const streamed = client.chat.completions.stream({ model, messages, response_format: zodResponseFormat(point, "point") });
    expect((await streamed.finalChatCompletion()).choices[0]?.message.parsed).toEqual({ x: 1, y: 2 });
  });

  test.each([
    ["ollama/embedder", 3],
    ["text-embedding-3-small", 3],
  ])("gets embeddings of %s, in base64 as it asks and as numbers", async (name, length) => {
    const input = ["one", "three"];
    // Without an encoding the client asks for base64 and decodes it.
    const { data, usage } = await client.embeddings.create({ model: name, input });
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [3, 0, 0.5],
      [5, 1, 0.5],
    ]);
    expect(data[0]?.embedding).toHaveLength(length);
    expect(usage).toEqual({ prompt_tokens: 7, total_tokens: 7 });
    const plain = await client.embeddings.create({ model: name, input: "one", encoding_format: "float", dimensions: 5 });
    expect(plain.data[0]?.embedding).toEqual([3, 0, 0.5, 0.5, 0.5]);
  });

  test("lists the models, those that embed included, and shows one by its id", async () => {
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids).toEqual(["auto", "ollama/llama3.2:3b", "ollama/embedder", "openai/gpt-5", "openai/text-embedding-3-small"]);
    expect(await client.models.retrieve("ollama/llama3.2:3b")).toMatchObject({
      ...{ id: "ollama/llama3.2:3b", object: "model", owned_by: "ollama", context_length: 131_072 },
      capabilities: { tools: true, embedding: false },
    });
    expect(await client.models.retrieve("auto")).toMatchObject({ id: "auto", owned_by: "hearth", capabilities: { tools: true } });
    await expect(client.models.retrieve("nothing")).rejects.toThrow(NotFoundError);
  });

  test("throws its own errors, with the code and the field at fault", async () => {
    const chat = (change: object) => client.chat.completions.create({ model, messages, ...change });
    await expect(chat({ model: "gpt-9" })).rejects.toMatchObject({ constructor: NotFoundError, code: "model_not_found", param: "model" });
    await expect(chat({ temperature: 9 })).rejects.toMatchObject({ constructor: BadRequestError, param: "temperature" });
    await expect(chat({ model: "ollama/embedder" })).rejects.toMatchObject({ constructor: BadRequestError, code: "invalid_model" });
    const stranger = new OpenAI({ baseURL: hearth.url, apiKey: "hk_nobody", maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toMatchObject({ constructor: AuthenticationError, code: "invalid_api_key" });
    await expect(client.get("/audio/voices")).rejects.toMatchObject({ constructor: NotFoundError, code: "unknown_url" });
    await ollama.behave({ misbehave: "context-too-long" });
    await expect(chat({})).rejects.toMatchObject({ constructor: BadRequestError, code: "context_length_exceeded" });
  });

  test("tells a failure in the middle of a stream as its own error, after what came", async () => {
    await ollama.behave({ tokens: 4, misbehave: "drop-mid-stream" });
    let text = "";
    const read = async () => {
      for await (const chunk of await client.chat.completions.create({ model, messages, stream: true }))
        text += chunk.choices[0]?.delta.content ?? "";
    };
    await expect(read()).rejects.toThrow(/broke in the middle/);
    expect(text).toBe("tok0 tok1 ");
  });

  test("tries again after a failure that may pass, and not after one that stays", async () => {
    const patient = new OpenAI({ baseURL: hearth.url, apiKey: hearth.apiKey, maxRetries: 1 });
    await ollama.behave({ misbehave: "unavailable" });
    const answer = patient.chat.completions.create({ model, messages });
    await expect.poll(() => hearth.statuses).toEqual([503]);
    await ollama.behave(calm);
    expect((await answer).choices[0]?.message.content).toBe("tok0 tok1 tok2 ");
    expect(hearth.statuses).toEqual([503, 200]);
    await expect(patient.chat.completions.create({ model: "gpt-9", messages })).rejects.toThrow(NotFoundError);
    expect(hearth.statuses).toEqual([503, 200, 404]);
    await ollama.behave({ misbehave: "server-error" });
    await expect(client.chat.completions.create({ model, messages })).rejects.toThrow(InternalServerError);
  });

  test("stops a stream, and the host's connection closes", async () => {
    await ollama.behave({ tokens: 500, intervalMs: 10 });
    for await (const _ of await client.chat.completions.create({ model, messages, stream: true })) break;
    expect(await ollama.closedByClient(1_000)).toBe(true);
  });

  describe("with the Responses API", () => {
    test("asks with a text and with items, instructions and an earlier answer", async () => {
      const first = await client.responses.create({ model, input: "Count.", instructions: "Be brief." });
      expect(first).toMatchObject({ status: "completed", output_text: "tok0 tok1 tok2 ", usage: { input_tokens: 11, output_tokens: 3 } });
      expect(ollama.chats[0]?.body.messages).toEqual([
        { role: "system", content: "Be brief." },
        { role: "user", content: "Count." },
      ]);
      const input = [
        { role: "user" as const, content: "Count." },
        ...first.output,
        { role: "user" as const, content: [{ type: "input_text" as const, text: "Again." }] },
      ];
      await client.responses.create({ model, input: input as OpenAI.Responses.ResponseInput });
      expect(ollama.chats[1]?.body.messages).toEqual([
        { role: "user", content: "Count." },
        { role: "assistant", content: "tok0 tok1 tok2 " },
        { role: "user", content: "Again." },
      ]);
    });

    test("streams events in their order, and puts them together again", async () => {
      await openai.behave({ reasoning: "hm" });
      const stream = client.responses.stream({ model: "openai/gpt-5", input: "Count." });
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
      await openai.behave({ toolCalls: [{ id: "c1", name: "weather", input: { city: "Bern" } }] });
      const body = { model: "openai/gpt-5", input: "How is the weather?", tools: [{ type: "function" as const, ...weather }] };
      const response = isStream ? await client.responses.stream(body).finalResponse() : await client.responses.create(body);
      const call = response.output[0] as OpenAI.Responses.ResponseFunctionToolCall;
      expect(call).toMatchObject({
        type: "function_call",
        call_id: "c1",
        name: "weather",
        arguments: '{"city":"Bern"}',
        status: "completed",
      });
      const result = { type: "function_call_output" as const, call_id: "c1", output: "Snow" };
      const last = await client.responses.create({ ...body, input: [{ role: "user", content: body.input }, call, result] });
      expect(last.output_text).toBe("tok0 tok1 tok2 ");
      expect(openai.chats[1]?.body.messages).toMatchObject([
        { role: "user" },
        { role: "assistant", tool_calls: [{ id: "c1" }] },
        { role: "tool", content: "Snow" },
      ]);
    });

    test("parses structured output by a zod schema", async () => {
      await ollama.behave({ nextReplies: ['{"x":"1"}', '{"x":1,"y":2}'] });
      const response = await client.responses.parse({ model, input: "Where?", text: { format: zodTextFormat(point, "point") } });
      expect(response.output_parsed).toEqual({ x: 1, y: 2 });
      expect(ollama.chats).toHaveLength(2);
    });

    test("is told that nothing is kept here, and of a failure on the way", async () => {
      const ask = (change: object) => client.responses.create({ model, input: "Hi", ...change });
      await expect(ask({ store: true })).rejects.toMatchObject({ constructor: BadRequestError, param: "store" });
      await expect(ask({ previous_response_id: "resp_1" })).rejects.toMatchObject({ param: "previous_response_id" });
      await expect(ask({ background: true })).rejects.toMatchObject({ code: "unsupported_parameter", param: "background" });
      await expect(ask({ colour: "red" })).rejects.toMatchObject({ code: "unknown_parameter", param: "colour" });
      await ollama.behave({ tokens: 4, misbehave: "error-mid-stream" });
      const events = [];
      for await (const event of await client.responses.create({ model, input: "Hi", stream: true })) events.push(event);
      expect(events.at(-1)).toMatchObject({ type: "response.failed", response: { status: "failed", error: { code: "broke_off" } } });
    });
  });
});
