import { errorWords } from "./wire/wire-format";

const maxBytes = 16 * 1024;

/** What a failing answer's body says, at most its first 16 KiB: the message of a JSON error, else the text when it is short. */
export async function readErrorWords(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const text = await readStart(body);
  const json = parse(text);
  if (json === undefined) return text.startsWith("<") ? "" : text.slice(0, 300);
  const { error, message, detail } = fieldsIn(json);
  return errorWords(error ?? message ?? detail ?? "");
}

/** The words of a JSON document that tells of an error in place of a reply; undefined when it does not. */
export async function readJsonError(body: AsyncIterable<Uint8Array> | null): Promise<string | undefined> {
  const { error } = fieldsIn(parse(await readStart(body)));
  return error ? errorWords(error) : undefined;
}

async function readStart(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  if (!body) return "";
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of body) {
      pieces.push(piece);
      bytes += piece.byteLength;
      // Leaving the loop closes the connection: a host that goes on has said enough.
      if (bytes >= maxBytes) break;
    }
  } catch {
    // A connection that breaks here leaves what came, and the status tells the rest.
  }
  return Buffer.concat(pieces).toString("utf8", 0, maxBytes).trim();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Google puts its errors into a list. */
function fieldsIn(json: unknown): { error?: unknown; message?: unknown; detail?: unknown } {
  const document = Array.isArray(json) ? json[0] : json;
  return typeof document === "object" && document !== null ? document : {};
}
