import { expect, test } from "vitest";
import { chunksOf, messages, onHost, weather } from "@/tests/support/on-host";

const on = onHost();

test("a tool is called, its arguments streamed under one index, and its result goes back under its name", async () => {
  await on.openai({ tokens: 2, toolCalls: [{ id: "c1", name: "weather", input: { city: "Bern" } }] });
  const response = await on.chat({ model: "openai/gpt-5", stream: true, tools: [weather], tool_choice: "required" });
  const { chunks } = await chunksOf(response);
  const deltas = chunks.flatMap(
    ({ choices }) =>
      (choices[0]?.delta.tool_calls ?? []) as { index: number; id?: string; function: { name?: string; arguments: string } }[],
  );
  expect(deltas[0]).toMatchObject({ index: 0, id: "c1", type: "function", function: { name: "weather" } });
  expect(deltas.every(({ index }) => index === 0)).toBe(true);
  expect(deltas.map((delta) => delta.function.arguments).join("")).toBe('{"city":"Bern"}');
  expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("tool_calls");
  expect(on.upstream.chats[0]?.body).toMatchObject({ tool_choice: "required", tools: [{ function: { name: "weather" } }] });

  const call = { id: "c1", type: "function", function: { name: "weather", arguments: '{"city":"Bern"}' } };
  const history = [
    ...messages,
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "c1", content: "Snow" },
  ];
  expect((await on.chat({ model: "openai/gpt-5", messages: history })).status).toBe(200);
  expect(on.upstream.chats[1]?.body.messages).toEqual([
    { role: "user", content: "Count." },
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "c1", content: "Snow" },
  ]);
});

test("Ollama is shown only the chosen tool, and is asked once more when it calls none", async () => {
  await on.ollama({ tokens: 1 });
  const other = { type: "function", function: { name: "other" } };
  const body = { tools: [weather, other], tool_choice: { type: "function", function: { name: "weather" } } };
  const failed = await on.refusal(body);
  expect(failed).toMatchObject({ status: 503, code: "bad_reply", type: "server_error" });
  expect(on.upstream.chats).toHaveLength(2);
  expect(on.upstream.chats[0]?.body.tools).toMatchObject([{ function: { name: "weather" } }]);
  await on.upstream.behave({ toolCalls: [{ name: "weather", input: {} }] });
  const answer = await (await on.chat(body)).json();
  expect(answer.choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: { content: null, tool_calls: [{ function: { name: "weather", arguments: "{}" } }] },
  });
});

const point = { type: "object", properties: { x: { type: "integer" } }, required: ["x"], additionalProperties: false };
const asPoint = { response_format: { type: "json_schema", json_schema: { name: "point", schema: point, strict: true } } };

test("a schema goes to hosts that hold the model to one", async () => {
  await on.ollama({ tokens: 1, reply: '{"x":1}' });
  expect(await (await on.chat(asPoint)).json()).toMatchObject({ choices: [{ message: { content: '{"x":1}' } }] });
  expect(on.upstream.chats[0]?.body.format).toEqual(point);
  await on.chat({ response_format: { type: "json_object" } });
  expect(on.upstream.chats[1]?.body.format).toBe("json");
  await on.close();
  await on.openai({ tokens: 1, reply: '{"x":1}' });
  await on.chat({ model: "openai/gpt-5", ...asPoint });
  expect(on.upstream.chats[0]?.body.response_format).toMatchObject({ type: "json_schema", json_schema: { name: "point", schema: point } });
});

test("a host that reads OpenAI's requests is told whether a schema is strict, and without a word it is not", async () => {
  await on.openai({ tokens: 1, reply: "no JSON" });
  const ask = (strict?: boolean) =>
    on.chat({ model: "openai/gpt-5", response_format: { type: "json_schema", json_schema: { name: "point", schema: point, strict } } });
  for (const strict of [undefined, false]) {
    expect(await (await ask(strict)).json()).toMatchObject({ choices: [{ message: { content: "no JSON" } }] });
    expect(on.upstream.chats.at(-1)?.body.response_format).toMatchObject({ json_schema: { strict: false } });
  }
  expect(on.upstream.chats).toHaveLength(2);
  expect((await ask(true)).status).toBe(503);
  expect(on.upstream.chats.slice(2).map(({ body }) => body.response_format)).toMatchObject([
    { json_schema: { strict: true } },
    { json_schema: { strict: true } },
  ]);
});

test("JSON that does not fit its schema is asked for once more with the fault told, and then is an error", async () => {
  await on.ollama({ tokens: 1, nextReplies: ['{"x":"one"}', '{"x":1}'] });
  expect(await (await on.chat(asPoint)).json()).toMatchObject({
    choices: [{ message: { content: '{"x":1}' } }],
    // Of both tries.
    usage: { prompt_tokens: 22, completion_tokens: 2, total_tokens: 24 },
  });
  const again = on.upstream.chats[1]?.body.messages as { role: string; content: string }[];
  expect(again.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  expect(again[2]?.content).toMatch(/x: .*expected/i);
  await on.upstream.behave({ nextReplies: ["no", "neither"] });
  expect(await on.refusal(asPoint)).toMatchObject({ status: 503, code: "bad_reply", message: expect.stringContaining("two tries") });
  expect(on.upstream.chats).toHaveLength(4);
});

test("a stream from a host that is not held to the schema waits for a reply that fits", async () => {
  await on.anthropic({ nextReplies: ["not json", '{"x":1}'] });
  const response = await on.chat({ model: "anthropic/claude-sonnet-4-5", stream: true, response_format: { type: "json_object" } });
  const { chunks, isEnded } = await chunksOf(response);
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe('{"x":1}');
  expect(isEnded).toBe(true);
});

test("a schema that is too large for others' patience is refused, with the limit told", async () => {
  await on.ollama({ tokens: 1, reply: "{}" });
  const formatOf = (schema: object) => ({ type: "json_schema", json_schema: { name: "large", schema } });
  const padded = (characters: number) => {
    const empty = JSON.stringify({ type: "object", description: "" }).length;
    return { type: "object", description: "x".repeat(characters - empty) };
  };
  const referring = (count: number) => ({
    type: "object",
    properties: Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, { $ref: `#/$defs/d${index}` }])),
    $defs: Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, { type: "string" }])),
  });
  for (const schema of [padded(100_000), referring(100)]) expect((await on.chat({ response_format: formatOf(schema) })).status).toBe(200);
  for (const schema of [padded(100_001), referring(101)]) {
    expect(await on.refusal({ response_format: formatOf(schema) })).toMatchObject({
      status: 400,
      type: "invalid_request_error",
      param: "response_format.json_schema.schema",
      message: expect.stringContaining("at most 100,000 characters as JSON, and at most 100 different references"),
    });
    const text = { format: { type: "json_schema", name: "large", schema } };
    const response = await on.hearth.call("/responses", { model: "ollama/llama3.2:3b", input: "Count.", text });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error", param: "text.format.schema" } });
  }
  expect(on.upstream.chats).toHaveLength(2);
});
