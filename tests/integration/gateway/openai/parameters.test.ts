import { expect, test } from "vitest";
import { model, onHost, weather } from "@/tests/support/on-host";

const on = onHost();
const pixel = "data:image/png;base64,iVBORw0KGgo=";

test("every setting reaches the host in the host's own terms", async () => {
  await on.ollama();
  await on.chat({
    ...{ temperature: 0.3, top_p: 0.9, top_k: 20, max_tokens: 9, stop: "END", seed: 5 },
    ...{ presence_penalty: 0.5, frequency_penalty: -0.5, n: 1, user: "someone", response_format: { type: "text" } },
  });
  expect(on.upstream.chats[0]?.body).toMatchObject({
    messages: [{ role: "user", content: "Count." }],
    options: {
      ...{ temperature: 0.3, top_p: 0.9, top_k: 20, num_predict: 9, stop: ["END"], seed: 5 },
      ...{ presence_penalty: 0.5, frequency_penalty: -0.5 },
    },
  });
});

test("a host that reads OpenAI's body gets parameters that Hearth does not know; any other host's caller is told", async () => {
  await on.openai();
  const more = { logit_bias: { "50256": -100 }, min_p: 0.1, metadata: { a: "b" }, parallel_tool_calls: false, top_k: 7 };
  const mine = { temperature: 0.5, ...more };
  expect((await on.chat({ model: "openai/gpt-5", ...mine })).status).toBe(200);
  expect(on.upstream.chats[0]?.body).toMatchObject({ ...mine, model: "gpt-5", stream: true });
  await on.close();

  await on.ollama();
  expect(await on.refusal({ logit_bias: { "1": 1 } })).toMatchObject({ status: 400, code: "unsupported_parameter", param: "logit_bias" });
  expect(await on.refusal({ min_p: 0.1 })).toMatchObject({ status: 400, code: "unknown_parameter", param: "min_p" });
  expect(
    (await on.chat({ metadata: { a: "b" }, user: "x", logprobs: false, logit_bias: {}, parallel_tool_calls: true, store: null })).status,
  ).toBe(200);
  expect(on.upstream.chats).toHaveLength(1);
});

test("a field that is nested without end is refused with its name, whatever the model, and for `auto` too", async () => {
  const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
  const refusalOf = async (name: string, field: string) => {
    const body = JSON.stringify({ model: name, messages: [{ role: "user", content: "Hi" }], [field]: "deep" }).replace('"deep"', deep);
    const response = await on.hearth.call("/chat/completions", undefined, { method: "POST", body });
    return { status: response.status, ...((await response.json()) as { error: object }).error };
  };
  const refusedAs = (param: string) => ({ status: 400, param, message: expect.stringMatching(/deeper than 64 levels/) });
  const hosts: [() => Promise<void>, string][] = [
    [() => on.ollama(), model],
    [() => on.openai(), "openai/gpt-5"],
    [() => on.anthropic({ tokens: 1 }), "anthropic/claude-sonnet-4-5"],
  ];
  for (const [begin, name] of hosts) {
    await begin();
    for (const asked of [name, "auto"])
      for (const field of ["x", "metadata"]) expect(await refusalOf(asked, field)).toMatchObject(refusedAs(field));
    expect(on.upstream.chats).toHaveLength(0);
    await on.close();
  }
});

test("what came before tools is refused with what to use instead", async () => {
  await on.openai();
  const functions = [{ name: "weather", parameters: {} }];
  for (const body of [{ functions }, { function_call: "auto" }]) {
    const [param = ""] = Object.keys(body);
    expect(await on.refusal({ model: "openai/gpt-5", ...body })).toMatchObject({
      ...{ status: 400, code: "unsupported_parameter", param, type: "invalid_request_error" },
      message: expect.stringContaining(param === "functions" ? "Use 'tools' instead." : "Use 'tool_choice' instead."),
    });
  }
  expect(on.upstream.chats).toHaveLength(0);
});

test("Anthropic's callers are told which settings it does not have", async () => {
  await on.anthropic({ tokens: 1 });
  const name = "anthropic/claude-sonnet-4-5";
  for (const body of [{ seed: 0 }, { frequency_penalty: 0.5 }, { presence_penalty: -1 }]) {
    const refused = { status: 400, code: "unsupported_parameter", param: Object.keys(body)[0] };
    expect(await on.refusal({ model: name, ...body })).toMatchObject(refused);
  }
  expect(on.upstream.chats).toHaveLength(0);
  expect((await on.chat({ model: name, seed: null, frequency_penalty: 0, presence_penalty: 0 })).status).toBe(200);
});

test("one tool at a time is asked of hosts that can be told, and refused for the others", async () => {
  await on.anthropic({ tokens: 1 });
  const oneAtATime = { tools: [weather], parallel_tool_calls: false };
  expect((await on.chat({ model: "anthropic/claude-sonnet-4-5", ...oneAtATime })).status).toBe(200);
  expect(on.upstream.chats[0]?.body.tool_choice).toEqual({ type: "auto", disable_parallel_tool_use: true });
  await on.close();
  await on.ollama({ tokens: 1 });
  expect(await on.refusal(oneAtATime)).toMatchObject({ status: 400, code: "unsupported_parameter", param: "parallel_tool_calls" });
  // Without tools it says nothing, and one tool that is chosen is one.
  expect((await on.chat({ parallel_tool_calls: false })).status).toBe(200);
  await on.upstream.behave({ toolCalls: [{ name: "weather", input: {} }] });
  const chosen = { tool_choice: { type: "function", function: { name: "weather" } } };
  expect((await on.chat({ ...oneAtATime, ...chosen })).status).toBe(200);
});

test("names and how closely to look go to hosts that read them, and are left out for others", async () => {
  const look = { type: "image_url", image_url: { url: pixel, detail: "low" } };
  const said = [
    { role: "system", name: "rules", content: "Be kind." },
    { role: "user", name: "ann", content: "Hello" },
    { role: "assistant", name: "bot", content: "Hi." },
    { role: "user", name: "bob", content: [{ type: "text", text: "Look." }, look] },
  ];
  await on.openai();
  expect((await on.chat({ model: "openai/gpt-5", messages: said })).status).toBe(200);
  expect(on.upstream.chats[0]?.body.messages).toEqual(said);
  await on.close();
  await on.ollama({ tokens: 1, models: [{ name: "seer", capabilities: ["completion", "vision"] }] });
  expect((await on.chat({ model: "seer", messages: said })).status).toBe(200);
  expect(on.upstream.chats[0]?.body.messages).toMatchObject([
    { content: "Be kind." },
    { content: "Hello" },
    {},
    { images: [expect.any(String)] },
  ]);
});

test("of a value with several forms the part at fault is named, and why", async () => {
  await on.ollama();
  const content = [{ type: "text", text: "Hello" }, { type: "text" }];
  expect(await on.refusal({ messages: [{ role: "user", content }] })).toMatchObject({
    param: "messages[0].content[1].text",
    message: expect.stringMatching(/expected string/),
  });
  const sound = [{ type: "input_audio", input_audio: {} }];
  expect(await on.refusal({ messages: [{ role: "user", content: sound }] })).toMatchObject({
    param: "messages[0].content[0].type",
    message: expect.stringContaining("image_url"),
  });
  for (const input of [
    [15339, 1917],
    [[15339], [1917]],
  ]) {
    const refused = await on.hearth.call("/embeddings", { model: "llama3.2:3b", input });
    expect(await refused.json()).toMatchObject({
      error: { param: "input[0]", message: expect.stringContaining("check_embedding_ctx_length=False") },
    });
  }
});

test("fields that are wrong are named, as OpenAI names them", async () => {
  await on.ollama();
  expect(await on.refusal({ n: 2 })).toMatchObject({ status: 400, param: "n", type: "invalid_request_error" });
  expect(await on.refusal({ temperature: 3 })).toMatchObject({ status: 400, param: "temperature" });
  expect(await on.refusal({ messages: [] })).toMatchObject({ status: 400, param: "messages" });
  expect(await on.refusal({ messages: [{ role: "wizard", content: "x" }] })).toMatchObject({ status: 400, param: "messages[0].role" });
  expect(await on.refusal({ tool_choice: "required" })).toMatchObject({ status: 400, param: "tool_choice" });
  expect(await on.refusal({ messages: [{ role: "tool", tool_call_id: "c", content: "x" }] })).toMatchObject({
    param: "messages[0].tool_call_id",
  });
  const image = { role: "user", content: [{ type: "image_url", image_url: { url: "http://10.0.0.1/secret.png" } }] };
  expect(await on.refusal({ messages: [image] })).toMatchObject({
    code: "invalid_image_url",
    param: "messages[0].content[0].image_url.url",
  });
  expect(on.upstream.chats).toHaveLength(0);
});

test("an image goes to a model that can see, and is refused for one that cannot", async () => {
  await on.ollama({
    tokens: 1,
    models: [
      { name: "seer", capabilities: ["completion", "vision"] },
      { name: "blind", capabilities: ["completion"] },
    ],
  });
  const withImage = [
    {
      role: "user",
      content: [
        { type: "text", text: "What is it?" },
        { type: "image_url", image_url: { url: pixel } },
      ],
    },
  ];
  expect((await on.chat({ model: "seer", messages: withImage })).status).toBe(200);
  expect(on.upstream.chats[0]?.body.messages).toEqual([{ role: "user", content: "What is it?", images: ["iVBORw0KGgo="] }]);
  expect(await on.refusal({ model: "blind", messages: withImage })).toMatchObject({ status: 400, code: "unsupported_content" });
  expect(await on.refusal({ model: "blind", tools: [weather] })).toMatchObject({
    status: 400,
    code: "unsupported_parameter",
    param: "tools",
  });
});
