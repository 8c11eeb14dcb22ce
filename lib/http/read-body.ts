import type { Readable } from "node:stream";
import type { ServerRequest } from "srvx";
import { InvalidRequestError, TooLargeError, UnsupportedTypeError } from "@/lib/core/errors";

export const defaultMaxBodyBytes = 1024 * 1024;

/**
 * Reads a JSON body of at most `maxBytes`.
 * @throws UnsupportedTypeError without a JSON content type
 * @throws TooLargeError past the limit, before the rest is read
 * @throws InvalidRequestError when it is not UTF-8 or not JSON
 */
export async function readJsonBody(request: Request, maxBytes = defaultMaxBodyBytes): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(json|[\w.+-]+\+json)\b/i.test(type)) throw new UnsupportedTypeError();
  const text = decodeUtf8(await readBytes(request, maxBytes));
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidRequestError("The body is not valid JSON.", [{ path: "body", message: "Send one JSON value" }]);
  }
}

/** Reads a body of at most `maxBytes`. @throws TooLargeError past the limit, before the rest is read */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw new TooLargeError(maxBytes);
  const socket = (request as ServerRequest).runtime?.node?.req;
  if (socket && !request.bodyUsed) return readSocket(socket, maxBytes);
  const parts = new LimitedParts(maxBytes);
  for await (const part of request.body ?? []) parts.add(part);
  return parts.whole();
}

/** A request from the socket is read there, by its events: a web stream around it, or an iterator, costs more than a small body. */
function readSocket(socket: Readable, maxBytes: number): Promise<Uint8Array> {
  const parts = new LimitedParts(maxBytes);
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const take = (part: Uint8Array) => {
    try {
      parts.add(part);
    } catch (error) {
      socket.off("data", take).pause();
      reject(error);
    }
  };
  const breakOff = () => reject(new InvalidRequestError("The body broke off before its end. Send the request again."));
  if (socket.destroyed) breakOff();
  socket.on("data", take);
  socket.once("error", breakOff).once("close", breakOff);
  socket.once("end", () => {
    socket.off("close", breakOff);
    resolve(parts.whole());
  });
  return promise;
}

/** A body's parts as they come, held to a limit. */
class LimitedParts {
  private readonly parts: Uint8Array[] = [];
  private sizeBytes = 0;
  private readonly maxBytes: number;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** @throws TooLargeError once the parts are more than the limit together */
  add(part: Uint8Array): void {
    this.sizeBytes += part.byteLength;
    if (this.sizeBytes > this.maxBytes) throw new TooLargeError(this.maxBytes);
    this.parts.push(part);
  }

  whole(): Uint8Array {
    return Buffer.concat(this.parts);
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidRequestError("The body is not valid UTF-8.", [{ path: "body", message: "Encode the JSON as UTF-8" }]);
  }
}
