import OpenAI, { AuthenticationError, BadRequestError, InternalServerError, NotFoundError } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { calm, weather, withNodeClient } from "@/tests/support/node-client";

const point = z.object({ x: z.int(), y: z.int() });
const messages = [{ role: "user" as const, content: "Count." }];

describe("the official client for Node, with nothing but address and key changed", () => {
  const on = withNodeClient();
  const model = "ollama/llama3.2:3b";

  test("chats", async () => {
    const completion = await on.client.chat.completions.create({ model, messages });
    expect(completion.choices[0]?.message.content).toBe("tok0 tok1 tok2 ");
    expect(completion.usage?.total_tokens).toBe(14);
    expect(completion._request_id).toMatch(/^[\w-]{8,}$/);
  });

  test("streams, and puts the stream together again", async () => {
    const stream = on.client.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });
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
    await on.ollama.behave({ toolCalls: [{ name: "weather", input: { city: "Bern" } }] });
    await on.openai.behave({ toolCalls: [{ id: "c1", name: "weather", input: { city: "Bern" } }] });
    const asked: unknown[] = [];
    const runs = (input: unknown) => {
      asked.push(input);
      return "Snow";
    };
    const declared = { ...weather, description: "The weather", parse: JSON.parse as (text: string) => object, function: runs };
    const runner = on.client.chat.completions.runTools({
      model: name,
      messages,
      stream: true,
      tools: [{ type: "function", function: declared }],
    });
    expect(await runner.finalContent()).toBe("tok0 tok1 tok2 ");
    expect(asked).toEqual([{ city: "Bern" }]);
    const host = name.startsWith("ollama") ? on.ollama : on.openai;
    expect(host.chats[1]?.body.messages).toMatchObject([{}, { role: "assistant" }, { role: "tool", content: "Snow" }]);
  });

  test("parses structured output by a zod schema", async () => {
    await on.ollama.behave({ reply: '{"x":1,"y":2}' });
    const completion = await on.client.chat.completions.parse({ model, messages, response_format: zodResponseFormat(point, "point") });
    expect(completion.choices[0]?.message.parsed).toEqual({ x: 1, y: 2 });
    expect(on.ollama.chats[0]?.body.format).toMatchObject({ type: "object", required: ["x", "y"] });
    const streamed = on.client.chat.completions.stream({ model, messages, response_format: zodResponseFormat(point, "point") });
    expect((await streamed.finalChatCompletion()).choices[0]?.message.parsed).toEqual({ x: 1, y: 2 });
  });

  test.each([
    ["ollama/embedder", 3],
    ["text-embedding-3-small", 3],
  ])("gets embeddings of %s, in base64 as it asks and as numbers", async (name, length) => {
    const input = ["one", "three"];
    // Without an encoding the client asks for base64 and decodes it.
    const { data, usage } = await on.client.embeddings.create({ model: name, input });
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [3, 0, 0.5],
      [5, 1, 0.5],
    ]);
    expect(data[0]?.embedding).toHaveLength(length);
    expect(usage).toEqual({ prompt_tokens: 7, total_tokens: 7 });
    const plain = await on.client.embeddings.create({ model: name, input: "one", encoding_format: "float", dimensions: 5 });
    expect(plain.data[0]?.embedding).toEqual([3, 0, 0.5, 0.5, 0.5]);
  });

  test("lists the models, those that embed included, and shows one by its id", async () => {
    const ids: string[] = [];
    for await (const { id } of on.client.models.list()) ids.push(id);
    expect(ids).toEqual(["auto", "ollama/llama3.2:3b", "ollama/embedder", "openai/gpt-5", "openai/text-embedding-3-small"]);
    expect(await on.client.models.retrieve("ollama/llama3.2:3b")).toMatchObject({
      ...{ id: "ollama/llama3.2:3b", object: "model", owned_by: "ollama", context_length: 131_072 },
      capabilities: { tools: true, embedding: false },
    });
    expect(await on.client.models.retrieve("auto")).toMatchObject({ id: "auto", owned_by: "hearth", capabilities: { tools: true } });
    await expect(on.client.models.retrieve("nothing")).rejects.toThrow(NotFoundError);
  });

  test("throws its own errors, with the code and the field at fault", async () => {
    const chat = (change: object) => on.client.chat.completions.create({ model, messages, ...change });
    await expect(chat({ model: "gpt-9" })).rejects.toMatchObject({ constructor: NotFoundError, code: "model_not_found", param: "model" });
    await expect(chat({ temperature: 9 })).rejects.toMatchObject({ constructor: BadRequestError, param: "temperature" });
    await expect(chat({ model: "ollama/embedder" })).rejects.toMatchObject({ constructor: BadRequestError, code: "invalid_model" });
    const stranger = new OpenAI({ baseURL: on.hearth.url, apiKey: "hk_nobody", maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toMatchObject({ constructor: AuthenticationError, code: "invalid_api_key" });
    await expect(on.client.get("/audio/voices")).rejects.toMatchObject({ constructor: NotFoundError, code: "unknown_url" });
    await on.ollama.behave({ misbehave: "context-too-long" });
    await expect(chat({})).rejects.toMatchObject({ constructor: BadRequestError, code: "context_length_exceeded" });
  });

  test("tells a failure in the middle of a stream as its own error, after what came", async () => {
    await on.ollama.behave({ tokens: 4, misbehave: "drop-mid-stream" });
    let text = "";
    const read = async () => {
      for await (const chunk of await on.client.chat.completions.create({ model, messages, stream: true }))
        text += chunk.choices[0]?.delta.content ?? "";
    };
    await expect(read()).rejects.toThrow(/broke in the middle/);
    expect(text).toBe("tok0 tok1 ");
  });

  test("tries again after a failure that may pass, and not after one that stays", async () => {
    const patient = new OpenAI({ baseURL: on.hearth.url, apiKey: on.hearth.apiKey, maxRetries: 1 });
    await on.ollama.behave({ misbehave: "unavailable" });
    const answer = patient.chat.completions.create({ model, messages });
    await expect.poll(() => on.hearth.statuses).toEqual([503]);
    await on.ollama.behave(calm);
    expect((await answer).choices[0]?.message.content).toBe("tok0 tok1 tok2 ");
    expect(on.hearth.statuses).toEqual([503, 200]);
    await expect(patient.chat.completions.create({ model: "gpt-9", messages })).rejects.toThrow(NotFoundError);
    expect(on.hearth.statuses).toEqual([503, 200, 404]);
    await on.ollama.behave({ misbehave: "server-error" });
    await expect(on.client.chat.completions.create({ model, messages })).rejects.toThrow(InternalServerError);
  });

  test("stops a stream, and the host's connection closes", async () => {
    await on.ollama.behave({ tokens: 500, intervalMs: 10 });
    for await (const _ of await on.client.chat.completions.create({ model, messages, stream: true })) break;
    expect(await on.ollama.closedByClient(1_000)).toBe(true);
  });
});
