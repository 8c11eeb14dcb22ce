type Field = [key: string, value: string | number | string[]];

/** The bytes of a GGUF file (version 3, no tensors) with these fields, padded with zeros to `sizeBytes`. */
export function ggufBytes(fields: Field[], sizeBytes = 0): Buffer {
  const head = Buffer.alloc(24);
  head.write("GGUF", 0, "latin1");
  head.writeUInt32LE(3, 4);
  head.writeBigUInt64LE(BigInt(fields.length), 16);
  const bytes = Buffer.concat([head, ...fields.flatMap(([key, value]) => [text(key), encoded(value)])]);
  return bytes.length >= sizeBytes ? bytes : Buffer.concat([bytes, Buffer.alloc(sizeBytes - bytes.length)]);
}

/** A small file that looks like a chat model. */
export const tinyChatModel = (sizeBytes = 0) =>
  ggufBytes(
    [
      ["general.architecture", "llama"],
      ["llama.context_length", 2048],
    ],
    sizeBytes,
  );

/** A small file that looks like an embedding model. */
export const tinyEmbedder = () =>
  ggufBytes([
    ["general.architecture", "bert"],
    ["bert.context_length", 512],
  ]);

function encoded(value: Field[1]): Buffer {
  if (typeof value === "string") return Buffer.concat([u32(8), text(value)]);
  if (typeof value === "number") return Buffer.concat([u32(4), u32(value)]);
  return Buffer.concat([u32(9), u32(8), u64(value.length), ...value.map(text)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
