import { type FakeOptions, fakeHost } from "./fake-host";
import type { FakeModel, Protocol } from "./fake-reply";

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const message = (model: string, content: Record<string, unknown>) => ({
  model,
  created_at: new Date().toISOString(),
  message: { role: "assistant", content: "", ...content },
  done: false,
});

/** Ollama's native protocol: https://github.com/ollama/ollama/blob/main/docs/api.md */
const ollama: Protocol = {
  contentType: "application/x-ndjson",
  defaultModels: [{ name: "llama3.2:3b", capabilities: ["completion", "tools"], contextLength: 131_072, loaded: true }],
  isChat: (path) => path === "/api/chat",
  listing(path, body, { models }) {
    const listed = (model: FakeModel) => ({
      name: model.name,
      model: model.name,
      digest: `sha256:${model.name}`,
      size: 1_000_000,
      details: { family: "llama", parameter_size: "3B" },
    });
    if (path === "/api/version") return { body: { version: "0.13.5" } };
    if (path === "/api/tags") return { body: { models: models.map(listed) } };
    if (path === "/api/ps")
      return {
        body: {
          models: models
            .filter((model) => model.loaded)
            .map((model) => ({ ...listed(model), expires_at: new Date(Date.now() + 300_000).toISOString() })),
        },
      };
    if (path !== "/api/show") return undefined;
    const model = models.find(({ name }) => name === body.model);
    if (!model) return { status: 404, body: { error: `model '${body.model}' not found` } };
    return {
      body: {
        capabilities: model.capabilities ?? ["completion"],
        details: listed(model).details,
        model_info: { "general.architecture": "llama", ...(model.contextLength && { "llama.context_length": model.contextLength }) },
      },
    };
  },
  head: () => "",
  piece: ({ kind, text }, model) => line(message(model, kind === "text" ? { content: text } : { thinking: text })),
  toolCalls: (calls, model) =>
    line(message(model, { tool_calls: calls.map(({ name, input }) => ({ function: { name, arguments: input } })) })),
  end: ({ model, tokens, reportsUsage }) =>
    line({
      ...message(model, {}),
      done: true,
      done_reason: "stop",
      total_duration: 1_000_000,
      ...(reportsUsage && { prompt_eval_count: 11, eval_count: tokens }),
    }),
  errorBody: (_status, text) => ({ error: text }),
  errorFrame: (text) => line({ error: text }),
};

/** A fake Ollama. Has `llama3.2:3b` with tools, loaded, unless `models` says otherwise. */
export const fakeOllama = (options: FakeOptions = {}) => fakeHost(ollama, options);
