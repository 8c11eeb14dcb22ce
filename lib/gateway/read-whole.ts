import type { Readable } from "node:stream";
import type { Attempt } from "./attempt";
import { callError, hostLabel } from "./call-error";
import { connectionError } from "./connection-error";
import { spokenError } from "./status-error";
import { errorWords, fieldsOf, type WireFormat } from "./wire/wire-format";

/** What a whole reply may take, in bytes: less than of a stream, since all of it is held at once. */
const maxBytes = 16 * 1024 * 1024;

/**
 * Reads a reply that is one document to its end. @returns the text of a stream that says the same
 * @throws ModelError when it breaks off, is too long, or is no reply; the signal's reason when it is aborted
 */
export async function readWhole(body: Readable, { whole, endText }: WireFormat, attempt: Attempt): Promise<string> {
  const { target, signal } = attempt;
  const bad = (what: string) => callError("bad_reply", `${hostLabel(target.upstream)} ${what}`);
  const text = await readText(body).catch((error) => {
    if (signal.aborted) throw attempt.failure ?? signal.reason;
    throw connectionError(error, target);
  });
  if (text === undefined) throw bad(`sent more than ${maxBytes / 1024 / 1024} MiB in one reply.`);
  let event: unknown;
  let words: string | undefined;
  try {
    const document = fieldsOf(JSON.parse(text));
    if (document.error) words = errorWords(document.error);
    else event = whole?.toEvent(document);
  } catch {
    throw bad(`sent something that ${target.modelName} cannot have written: it does not keep to the protocol.`);
  }
  if (words !== undefined) throw spokenError(words, target, false);
  return `data: ${JSON.stringify(event)}\n\ndata: ${endText}\n\n`;
}

/** Undefined when it is longer than a reply may be. */
async function readText(body: Readable): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    bytes += piece.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
