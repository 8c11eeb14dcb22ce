import { type FakeOptions, fakeHost } from "./fake-host";
import type { Protocol } from "./fake-protocol";
import { fakeVectors } from "./fake-vectors";

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (model: string, delta: Record<string, unknown>, finish: string | null = null) => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1_700_000_000,
  model,
  choices: [{ index: 0, delta, finish_reason: finish }],
});

const usageOf = (tokens: number) => ({
  ...{ prompt_tokens: 11, completion_tokens: tokens, total_tokens: 11 + tokens },
  prompt_tokens_details: { cached_tokens: 4 },
});

/** OpenAI's chat completions: https://platform.openai.com/docs/api-reference/chat-streaming */
const openai: Protocol = {
  contentType: "text/event-stream",
  defaultModels: [{ name: "gpt-5" }],
  isChat: (path) => path.endsWith("/chat/completions"),
  listing(path, body, { models, misbehave }) {
    if (path === "/v1/embeddings") {
      const data = fakeVectors(body.input, body.dimensions).map((embedding, index) => ({ object: "embedding", index, embedding }));
      return { body: { object: "list", data, usage: { prompt_tokens: 7, total_tokens: 7 } } };
    }
    if (!path.startsWith("/v1/models")) return undefined;
    if (misbehave === "reject-key") return { status: 401, body: this.errorBody(401, "Incorrect API key provided") };
    return {
      body: {
        object: "list",
        data: models.map(({ name, contextLength }) => ({
          ...{ id: name, object: "model", created: 1_700_000_000, owned_by: "someone" },
          ...(contextLength !== undefined && { max_model_len: contextLength }),
        })),
      },
    };
  },
  head: (model) => event(chunk(model, { role: "assistant", content: "" })),
  piece({ kind, text }, model, { withLogprobs }) {
    const written = chunk(model, kind === "text" ? { content: text } : { reasoning_content: text });
    if (!withLogprobs) return event(written);
    const logprobs = { content: [{ token: text, logprob: -0.1, bytes: null, top_logprobs: [] }], refusal: null };
    return event({ ...written, choices: written.choices.map((choice) => ({ ...choice, logprobs })) });
  },
  toolCalls: (calls, model) =>
    calls
      .flatMap(({ id, name, input }, index) => {
        const text = JSON.stringify(input);
        const half = Math.ceil(text.length / 2);
        return [
          event(chunk(model, { tool_calls: [{ index, id: id ?? `call_${index}`, type: "function", function: { name, arguments: "" } }] })),
          event(chunk(model, { tool_calls: [{ index, function: { arguments: text.slice(0, half) } }] })),
          event(chunk(model, { tool_calls: [{ index, function: { arguments: text.slice(half) } }] })),
        ];
      })
      .join(""),
  end: ({ model, tokens, hasToolCalls, reportsUsage, finishReason }) =>
    event(chunk(model, {}, hasToolCalls ? "tool_calls" : (finishReason?.replace("-", "_") ?? "stop"))) +
    (reportsUsage
      ? event({
          ...chunk(model, {}),
          choices: [],
          usage: usageOf(tokens),
        })
      : "") +
    "data: [DONE]\n\n",
  whole({ model, pieces, calls, tokens, behaviour: { reportsUsage = true, withLogprobs }, finishReason }) {
    const textOf = (kind: string) => pieces.flatMap((piece) => (piece.kind === kind ? piece.text : [])).join("");
    const toolCalls = calls?.map(({ id, name, input }, index) => ({
      ...{ id: id ?? `call_${index}`, type: "function", function: { name, arguments: JSON.stringify(input) } },
    }));
    const logprobs = withLogprobs
      ? { content: pieces.map(({ text }) => ({ token: text, logprob: -0.1, bytes: null, top_logprobs: [] })), refusal: null }
      : null;
    const message = { role: "assistant", content: textOf("text"), refusal: null, annotations: [], tool_calls: toolCalls };
    const reasoning = textOf("reasoning");
    return {
      ...{ id: "chatcmpl-1", object: "chat.completion", created: 1_700_000_000, model },
      choices: [
        {
          ...{ index: 0, message: { ...message, ...(reasoning && { reasoning_content: reasoning }) }, logprobs },
          finish_reason: toolCalls ? "tool_calls" : (finishReason?.replace("-", "_") ?? "stop"),
        },
      ],
      ...(reportsUsage && { usage: usageOf(tokens) }),
    };
  },
  errorBody: (status, text) => ({ error: { message: text, type: "error", code: status === 404 ? "model_not_found" : null, param: null } }),
  errorFrame: (text) => event({ error: { message: text, type: "server_error", code: null } }),
};

/** A fake OpenAI, also for any compatible server. Has `gpt-5` unless `models` says otherwise. Its base URL is `url` + "/v1". */
export const fakeOpenai = (options: FakeOptions = {}) => fakeHost(openai, options);
