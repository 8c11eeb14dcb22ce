import { EventSourceParserStream } from "eventsource-parser/stream";
import type { ApiEvent, EventStream } from "./api.ts";

/** The server-sent events of an answer. The loop ends at `[DONE]`, or without it when the connection breaks off. */
export function readEvents(response: Response): EventStream {
  let isDone = false;
  async function* read(): AsyncGenerator<ApiEvent> {
    if (!response.body) return;
    // By a reader: not every browser has streams that a loop can go over.
    const reader = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        const { id, data } = next.value;
        if (data === "[DONE]") {
          isDone = true;
          return;
        }
        yield { id, data };
      }
    } catch {
      // The connection broke off, which `isDone` tells.
    } finally {
      reader.cancel().catch(() => {});
    }
  }
  const iterator = read();
  return {
    [Symbol.asyncIterator]: () => iterator,
    get isDone() {
      return isDone;
    },
  };
}
