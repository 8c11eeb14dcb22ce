const maxBytes = 8 * 1024 * 1024;

/** A body as text. @throws Error when it is longer than 8 MiB */
export async function readLimited(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    if (bytes > maxBytes) throw new Error(`its list of models is longer than ${maxBytes / 1024 / 1024} MiB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
