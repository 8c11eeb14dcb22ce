import { type FakeOptions, fakeHost } from "./fake-host";
import type { Protocol } from "./fake-protocol";
import { fakeVectors } from "./fake-vectors";

const event = (value: unknown) => `data: ${JSON.stringify(value)}\r\n\r\n`;
const candidate = (text: string, finishReason?: string) => ({
  candidates: [{ index: 0, content: { role: "model", parts: [{ text }] }, ...(finishReason && { finishReason }) }],
});

/** Gemini's streamGenerateContent with alt=sse: https://ai.google.dev/api/generate-content. Text only. */
const google: Protocol = {
  contentType: "text/event-stream",
  defaultModels: [{ name: "gemini-2.5-flash", contextLength: 1_048_576 }],
  isChat: (path) => path.includes(":streamGenerateContent"),
  listing: (path, body, { models }) =>
    path.endsWith(":batchEmbedContents")
      ? { body: { embeddings: fakeVectors(body.requests, undefined).map((values) => ({ values })) } }
      : path.startsWith("/v1beta/models")
        ? {
            body: {
              models: models.map(({ name, contextLength }) => ({
                name: `models/${name}`,
                displayName: name,
                inputTokenLimit: contextLength,
                supportedGenerationMethods: ["generateContent"],
              })),
            },
          }
        : undefined,
  head: () => "",
  piece: ({ text }) => event(candidate(text)),
  toolCalls: () => "",
  end: ({ tokens }) =>
    event({
      ...candidate("", "STOP"),
      usageMetadata: { promptTokenCount: 11, candidatesTokenCount: tokens, totalTokenCount: 11 + tokens },
    }),
  errorBody: (status, text) => ({ error: { code: status, message: text, status: "INVALID_ARGUMENT" } }),
  errorFrame: (text) => event({ error: { code: 503, message: text, status: "UNAVAILABLE" } }),
};

/** A fake Gemini. Has `gemini-2.5-flash` unless `models` says otherwise. */
export const fakeGoogle = (options: FakeOptions = {}) => fakeHost(google, options);
