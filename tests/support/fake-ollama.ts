import { type FakeOptions, fakeHost } from "./fake-host";
import type { FakeModel, Protocol } from "./fake-protocol";
import { manageModels } from "./fake-pull";
import { fakeVectors } from "./fake-vectors";

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
  manage: manageModels,
  async listing(path, body, { models, vectors }) {
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
            .map((model) => ({
              ...listed(model),
              expires_at: new Date(Date.now() + 300_000).toISOString(),
              size_vram: 2_100_000_000,
              context_length: 8_192,
            })),
        },
      };
    if (path === "/api/embed") {
      const embeddings = await (vectors?.([body.input].flat().map(String)) ?? fakeVectors(body.input, body.dimensions));
      return { body: { model: body.model, embeddings, total_duration: 1, load_duration: 1, prompt_eval_count: 7 } };
    }
    if (path !== "/api/show") return undefined;
    const model = models.find(({ name }) => name === body.model);
    if (!model) return { status: 404, body: { error: `model '${body.model}' not found` } };
    return {
      body: {
        capabilities: model.capabilities ?? ["completion"],
        parameters: 'stop "<|end|>"',
        template: "{{ .Prompt }}",
        license: "A licence to chat",
        modified_at: "2026-01-02T03:04:05Z",
        details: { ...listed(model).details, quantization_level: "Q4_K_M", format: "gguf" },
        model_info: { "general.architecture": "llama", ...(model.contextLength && { "llama.context_length": model.contextLength }) },
      },
    };
  },
  head: () => "",
  piece({ kind, text }, model, { withLogprobs }) {
    const written = message(model, kind === "text" ? { content: text } : { thinking: text });
    if (!withLogprobs) return line(written);
    const top_logprobs = [
      { token: text, logprob: -0.1, bytes: [...Buffer.from(text)] },
      { token: "x", logprob: -2 },
    ];
    return line({ ...written, logprobs: [{ token: text, logprob: -0.1, top_logprobs }] });
  },
  toolCalls: (calls, model) =>
    line(message(model, { tool_calls: calls.map(({ name, input }) => ({ function: { name, arguments: input } })) })),
  end: ({ model, tokens, reportsUsage, finishReason }) =>
    line({
      ...message(model, {}),
      done: true,
      done_reason: finishReason?.replace("-", "_") ?? "stop",
      total_duration: 1_000_000,
      ...(reportsUsage && { prompt_eval_count: 11, eval_count: tokens }),
    }),
  errorBody: (_status, text) => ({ error: text }),
  errorFrame: (text) => line({ error: text }),
};

/** A fake Ollama. Has `llama3.2:3b` with tools, loaded, unless `models` says otherwise. */
export const fakeOllama = (options: FakeOptions = {}) => fakeHost(ollama, options);
