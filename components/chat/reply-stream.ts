import type { UIMessageChunk } from "ai";

/**
 * Reads a reply's server-sent events (the AI SDK's UI message stream, version 1), one chunk at a time.
 * Ends at `[DONE]` or with the body; what our own server sends is trusted to have the right shape.
 * @throws TypeError when the connection breaks
 */
export async function* readReply(body: ReadableStream<Uint8Array>): AsyncGenerator<UIMessageChunk> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const events = (rest + value).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        const data = dataOf(event);
        if (data === "[DONE]") return;
        if (data) yield JSON.parse(data) as UIMessageChunk;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function dataOf(event: string): string {
  return event
    .split("\n")
    .flatMap((line) => (line.startsWith("data:") ? [line.slice(5).trimStart()] : []))
    .join("\n");
}
