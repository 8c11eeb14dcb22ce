import { describe, expect, test } from "vitest";
import type { Model, UpstreamKind } from "@/lib/gateway/contract";
import { type ChatRequest, chatRequest } from "@/lib/gateway/openai/chat-request";
import { toCallOptions } from "@/lib/gateway/openai/to-call-options";

const capabilities = { tools: true, vision: true, thinking: false, embedding: false, json: true };

function modelOf(kind: UpstreamKind, change: Partial<Model["capabilities"]> = {}) {
  const id = `${kind === "embedded" ? "local" : kind}/m`;
  return { id, kind, listed: { id, name: "m", upstreams: [], capabilities: { ...capabilities, ...change }, contextLength: null } };
}

const requestOf = (change: object): ChatRequest =>
  chatRequest.parse({ model: "m", messages: [{ role: "user", content: "Hi" }], ...change });
const optionsOf = (change: object, kind: UpstreamKind = "ollama") => toCallOptions(requestOf(change), modelOf(kind));

describe("messages", () => {
  test("of every role keep their place, and what belongs to one turn stays together", () => {
    const call = (id: string, text: string) => ({ id, type: "function", function: { name: `tool-${id}`, arguments: text } });
    const { prompt } = optionsOf({
      messages: [
        {
          role: "developer",
          content: [
            { type: "text", text: "Be" },
            { type: "text", text: " brief." },
          ],
        },
        {
          role: "user",
          name: "ann",
          content: [
            { type: "text", text: "Look" },
            { type: "image_url", image_url: { url: "data:image/PNG;base64,AAAA", detail: "low" } },
          ],
        },
        { role: "assistant", content: null, reasoning_content: "hm", tool_calls: [call("a", '{"x":1}'), call("b", "")] },
        { role: "tool", tool_call_id: "b", content: "B" },
        { role: "tool", tool_call_id: "a", content: [{ type: "text", text: "A" }] },
        { role: "assistant", content: [{ type: "refusal", refusal: "No." }] },
      ],
    });
    const result = (id: string, value: string) => ({
      type: "tool-result",
      toolCallId: id,
      toolName: `tool-${id}`,
      output: { type: "text", value },
    });
    expect(prompt).toEqual([
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "Look" },
          expect.objectContaining({ type: "file", mediaType: "image/png", data: { type: "data", data: "AAAA" } }),
        ],
        providerOptions: { openai: { name: "ann" }, openaiCompatible: { name: "ann" } },
      },
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "hm" },
          { type: "tool-call", toolCallId: "a", toolName: "tool-a", input: { x: 1 } },
          { type: "tool-call", toolCallId: "b", toolName: "tool-b", input: {} },
        ],
      },
      { role: "tool", content: [result("b", "B"), result("a", "A")] },
      { role: "assistant", content: [{ type: "text", text: "No." }] },
    ]);
  });

  test("with arguments that are no JSON object reach hosts that take objects only", () => {
    const inputOf = (text: string) => {
      const call = { id: "a", type: "function", function: { name: "t", arguments: text } };
      const [, message] = optionsOf({
        messages: [
          { role: "user", content: "x" },
          { role: "assistant", tool_calls: [call] },
        ],
      }).prompt;
      return message?.role === "assistant" && message.content[0]?.type === "tool-call" && message.content[0].input;
    };
    expect(inputOf('{"half')).toEqual({ arguments: '{"half' });
    expect(inputOf("[1]")).toEqual({ arguments: [1] });
    expect(inputOf(" ")).toEqual({});
  });

  test.each([
    "https://example.org/a.png",
    "file:///etc/passwd",
    "data:text/html;base64,AAAA",
    "data:image/png;base64,",
    "data:image/png,AAAA",
    "data:image/png;base64,<>",
  ])("never make Hearth fetch or believe %s", (url) => {
    const messages = [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }];
    expect(() => optionsOf({ messages })).toThrow(
      expect.objectContaining({ code: "invalid_image_url", param: "messages[0].content[0].image_url.url" }),
    );
  });
});

describe("settings", () => {
  test("are those of a call, and null is the same as absent", () => {
    const none = {
      temperature: null,
      stop: null,
      tools: null,
      tool_choice: null,
      response_format: null,
      logprobs: null,
      user: null,
      n: null,
    };
    const options = optionsOf({ ...none, max_completion_tokens: 5, max_tokens: 9, top_k: 3, stop: ["a", "b"], reasoning_effort: "low" });
    expect(JSON.parse(JSON.stringify(options))).toEqual({
      prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
      maxOutputTokens: 5,
      topK: 3,
      stopSequences: ["a", "b"],
      reasoning: "low",
    });
  });

  test("that only a host like OpenAI has go there unchanged, and with log probabilities the host's own chunks come back", () => {
    const { providerOptions, topK, includeRawChunks } = optionsOf(
      { logprobs: true, top_logprobs: 2, top_k: 4, min_p: 0.1 },
      "openai-compatible",
    );
    expect(providerOptions).toEqual({ openaiBody: { logprobs: true, top_logprobs: 2, top_k: 4, min_p: 0.1 } });
    expect({ topK, includeRawChunks }).toEqual({ topK: undefined, includeRawChunks: true });
  });

  test.each([
    [{ logit_bias: { "1": 2 } }, "unsupported_parameter"],
    [{ modalities: ["text", "audio"] }, "unsupported_parameter"],
    [{ functions: [{ name: "f" }] }, "unsupported_parameter"],
    [{ min_p: 0.1 }, "unknown_parameter"],
  ])("%o is refused where it would be ignored", (change, code) => {
    for (const kind of ["ollama", "anthropic", "google", "embedded"] as const)
      expect(() => optionsOf(change, kind)).toThrow(expect.objectContaining({ code, param: Object.keys(change)[0] }));
  });

  test("of log probabilities Ollama takes what it has, and the others refuse them", () => {
    const asked = { logprobs: true, top_logprobs: 2 };
    expect(optionsOf(asked, "ollama")).toMatchObject({ providerOptions: { openaiBody: asked }, includeRawChunks: true });
    expect(optionsOf({ top_logprobs: 2 }, "ollama").providerOptions).toBeUndefined();
    for (const kind of ["anthropic", "google", "embedded"] as const)
      expect(() => optionsOf(asked, kind)).toThrow(expect.objectContaining({ code: "unsupported_parameter", param: "logprobs" }));
  });

  test("that ask for nothing, or have no effect on the words, hinder nobody", () => {
    const change = {
      logprobs: false,
      top_logprobs: 0,
      logit_bias: {},
      modalities: ["text"],
      store: false,
      user: "u",
      metadata: { a: "b" },
      service_tier: "auto",
    };
    expect(optionsOf(change, "embedded").providerOptions).toBeUndefined();
  });

  test.each([
    ["extra", (deep: unknown) => ({ extra: deep })],
    ["metadata", (deep: unknown) => ({ metadata: deep })],
    ["tools", (deep: unknown) => ({ tools: [{ type: "function", function: { name: "f", parameters: { deep } } }] })],
  ])("nested without end are refused, not followed (%s)", (name, fieldsOf) => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level++) deep = { deep };
    const { error } = chatRequest.safeParse({ ...requestOf({}), ...fieldsOf(deep) });
    expect(error?.issues).toMatchObject([
      { path: expect.arrayContaining([name]), message: expect.stringMatching(/deeper than 64 levels/) },
    ]);
  });
});

test("a request has at most 200 fields", () => {
  const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, at]));
  const isTaken = (count: number) => chatRequest.safeParse({ ...requestOf({}), ...fields(count) }).success;
  expect([isTaken(198), isTaken(199)]).toEqual([true, false]);
});

describe("tools", () => {
  const tools = ["a", "b"].map((name) => ({
    type: "function",
    function: { name, description: name, parameters: { type: "object" }, strict: true },
  }));
  const declared = ["a", "b"].map((name) => ({ type: "function", name, description: name, inputSchema: { type: "object" }, strict: true }));

  test("and their choice are those of a call", () => {
    expect(optionsOf({ tools })).toMatchObject({ tools: declared });
    expect(optionsOf({ tools, tool_choice: "required" })).toMatchObject({ tools: declared, toolChoice: { type: "required" } });
    const chosen = { type: "function", function: { name: "b" } };
    expect(optionsOf({ tools, tool_choice: chosen }, "openai")).toMatchObject({
      tools: declared,
      toolChoice: { type: "tool", toolName: "b" },
    });
    expect(optionsOf({ tools, tool_choice: chosen }, "ollama").tools).toEqual([declared[1]]);
    expect(optionsOf({ tools, tool_choice: "none" }).tools).toBeUndefined();
  });

  test("that a model cannot call, or that are chosen and not there, are refused", () => {
    expect(() => toCallOptions(requestOf({ tools }), modelOf("embedded", { tools: false }))).toThrow(/cannot call tools/);
    expect(() => optionsOf({ tools, tool_choice: { type: "function", function: { name: "c" } } })).toThrow(/not among/);
    // What a compatible server can do is not known.
    expect(toCallOptions(requestOf({ tools }), modelOf("openai-compatible", { tools: false })).tools).toHaveLength(2);
  });
});
