import { type FakeOptions, fakeHost } from "./fake-host";
import type { Protocol } from "./fake-protocol";

const event = (type: string, value: Record<string, unknown>) => `event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`;

/** Anthropic's messages: https://docs.anthropic.com/en/api/messages-streaming. Text only, in one block. */
const anthropic: Protocol = {
  contentType: "text/event-stream",
  defaultModels: [{ name: "claude-sonnet-4-5" }],
  isChat: (path) => path.endsWith("/messages"),
  listing: (path, _body, { models }) =>
    path.startsWith("/v1/models")
      ? {
          body: {
            data: models.map(({ name }) => ({ type: "model", id: name, display_name: name, created_at: "2025-01-01T00:00:00Z" })),
            has_more: false,
            first_id: null,
            last_id: null,
          },
        }
      : undefined,
  head: (model) =>
    event("message_start", {
      message: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 11, output_tokens: 1 },
      },
    }) + event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
  piece: ({ text }) => event("content_block_delta", { index: 0, delta: { type: "text_delta", text } }),
  toolCalls: () => "",
  end: ({ tokens }) =>
    event("content_block_stop", { index: 0 }) +
    event("message_delta", { delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: tokens } }) +
    event("message_stop", {}),
  errorBody: (_status, text) => ({ type: "error", error: { type: "api_error", message: text } }),
  errorFrame: (text) => event("error", { error: { type: "overloaded_error", message: text } }),
};

/** A fake Anthropic. Has `claude-sonnet-4-5` unless `models` says otherwise. */
export const fakeAnthropic = (options: FakeOptions = {}) => fakeHost(anthropic, options);
