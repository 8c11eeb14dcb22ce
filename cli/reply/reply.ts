import type { Message } from "@/lib/chat/shapes";

/** A reply as far as its chunks have told it. */
export type Reply = {
  conversationId?: string;
  runId?: string;
  text: string;
  status?: Message["status"];
  model?: string;
  usage?: Message["usage"];
  error?: Message["error"];
  /** Calls of tools that wait for an approval. */
  waiting?: WaitingCall[];
};

type WaitingCall = { toolCallId: string; toolName: string; input: unknown };

/** What one chunk means to somebody who watches. `text` is new text to show. */
export type Happening =
  | { kind: "text"; text: string }
  | { kind: "thinking" }
  | { kind: "tool"; name: string }
  | { kind: "note"; note: string }
  | { kind: "queue"; position: string };

/**
 * Puts a reply together from AI SDK UI message chunks. After a lost connection chunks may begin again with `start`, as the
 * whole message in short: what was told already is not told twice.
 */
export function replyReader() {
  const reply: Reply = { text: "" };
  let toldChars = 0;
  const calls = new Map<unknown, WaitingCall>();
  const take = (metadata: unknown) => {
    const { conversationId, runId, status, model, usage, error } = (metadata ?? {}) as Partial<Reply>;
    for (const [name, value] of Object.entries({ conversationId, runId, status, model, usage, error })) {
      if (value !== undefined) Object.assign(reply, { [name]: value });
    }
  };
  const grow = (more: string): Happening | undefined => {
    reply.text += more;
    const text = reply.text.slice(toldChars);
    toldChars = Math.max(toldChars, reply.text.length);
    return text ? { kind: "text", text } : undefined;
  };
  const answered = (toolCallId: unknown): undefined => {
    if (reply.waiting) reply.waiting = reply.waiting.filter((call) => call.toolCallId !== toolCallId);
  };
  const read = (chunk: Record<string, unknown>): Happening | undefined => {
    if (chunk.messageMetadata) take(chunk.messageMetadata);
    switch (chunk.type) {
      case "start":
        reply.text = "";
        delete reply.waiting;
        return undefined;
      case "text-start":
        return reply.text === "" ? undefined : grow("\n\n");
      case "text-delta":
        return grow(String(chunk.delta));
      case "reasoning-start":
        return { kind: "thinking" };
      case "tool-approval-request":
        if (!chunk.isAutomatic) reply.waiting = [...(reply.waiting ?? []), ...[calls.get(chunk.toolCallId) ?? []].flat()];
        return undefined;
      case "tool-output-available":
      case "tool-output-error":
      case "tool-output-denied":
        return answered(chunk.toolCallId);
      case "tool-input-available":
        calls.set(chunk.toolCallId, { toolCallId: String(chunk.toolCallId), toolName: String(chunk.toolName), input: chunk.input });
        return { kind: "tool", name: String(chunk.toolName) };
      case "data-note":
        return { kind: "note", note: String(chunk.data) };
      case "data-queue":
        return { kind: "queue", position: String(chunk.data) };
      case "error":
        reply.error ??= { code: "internal", message: String(chunk.errorText) };
        reply.status ??= "failed";
    }
    return undefined;
  };
  return { reply, read };
}
