import { errorWords } from "./wire/wire-format";

const maxBytes = 16 * 1024;

/** What a failing answer's body says, at most its first 16 KiB: the message of a JSON error, else the text when it is short. */
export async function readErrorWords(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (!body) return "";
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done && bytes < maxBytes; read = await reader.read()) {
      pieces.push(read.value);
      bytes += read.value.byteLength;
    }
    // Not awaited: a host that hangs here has said enough.
    reader.cancel().catch(() => {});
  } catch {
    // A connection that breaks here leaves what came, and the status tells the rest.
  }
  const text = Buffer.concat(pieces).toString("utf8", 0, maxBytes).trim();
  try {
    const { error, message, detail } = JSON.parse(text) as { error?: unknown; message?: unknown; detail?: unknown };
    return errorWords(error ?? message ?? detail ?? "");
  } catch {
    return text.startsWith("<") ? "" : text.slice(0, 300);
  }
}
