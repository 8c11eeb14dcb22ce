import { open } from "node:fs/promises";
import path from "node:path";

/** What the head of a GGUF file tells. `contextLength` is what the model was trained for, null when it does not say. */
export type GgufHead = { architecture: string; contextLength: number | null; canChat: boolean; sizeBytes: number };

/** General fields come first; the long token lists, which come last, are not needed. */
const headBytes = 1024 * 1024;
/** Architectures that only make embeddings. */
const embedders = /bert|^t5encoder|embed/;

/**
 * Reads the head of a model file.
 * @throws Error of one line when it cannot be read or is not GGUF version 2 or 3
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export async function readGguf(file: string): Promise<GgufHead> {
  // Everybody who is signed in sees these messages: they name the file, not the machine's folders.
  const name = path.basename(file);
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === "ENOENT" ? `There is no file ${name}.` : `The file ${name} cannot be read (${error.code}).`);
  });
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(headBytes, size)), 0, Math.min(headBytes, size), 0);
    const fields = parseHead(buffer.subarray(0, bytesRead));
    if (!fields) throw new Error(`The file ${name} is not a GGUF model.`);
    const architecture = String(fields.get("general.architecture") ?? "");
    const contextLength = fields.get(`${architecture}.context_length`);
    return {
      architecture,
      sizeBytes: size,
      contextLength: typeof contextLength === "number" ? contextLength : null,
      canChat: !embedders.test(architecture),
    };
  } finally {
    await handle.close();
  }
}

type Value = string | number | boolean;

/** The fields up to the first list or the end of the buffer; null when this is no GGUF. */
function parseHead(buffer: Buffer): Map<string, Value> | null {
  if (buffer.length < 24 || buffer.toString("latin1", 0, 4) !== "GGUF") return null;
  const version = buffer.readUInt32LE(4);
  if (version !== 2 && version !== 3) return null;
  const fields = new Map<string, Value>();
  const reader = readerOf(buffer);
  try {
    for (let left = Number(buffer.readBigUInt64LE(16)); left > 0; left--) {
      const key = reader.text();
      const value = reader.value(reader.type());
      if (value !== undefined) fields.set(key, value);
    }
  } catch (error) {
    // The head was cut at headBytes, in the middle of a field: what came before is whole.
    if (!(error instanceof RangeError)) throw error;
  }
  return fields;
}

const sizes: Record<number, number> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

function readerOf(buffer: Buffer) {
  let at = 24;
  const skip = (count: number) => {
    at += count;
    if (at > buffer.length) throw new RangeError("past the end");
    return at - count;
  };
  const type = () => buffer.readUInt32LE(skip(4));
  const count = () => Number(buffer.readBigUInt64LE(skip(8)));
  const text = () => {
    const length = count();
    const start = skip(length);
    return buffer.toString("utf8", start, start + length);
  };
  const list = () => {
    const of = type();
    const length = count();
    const size = sizes[of];
    if (size) skip(size * length);
    else for (let left = length; left > 0; left--) value(of);
    return undefined;
  };
  const value = (of: number): Value | undefined => {
    if (of === 8) return text();
    if (of === 9) return list();
    const size = sizes[of];
    if (!size) throw new RangeError("unknown type");
    const start = skip(size);
    if (of === 4) return buffer.readUInt32LE(start);
    if (of === 10) return Number(buffer.readBigUInt64LE(start));
    return undefined;
  };
  return { type, text, value };
}
