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
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of bytesOf(request)) {
    sizeBytes += part.byteLength;
    if (sizeBytes > maxBytes) throw new TooLargeError(maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A request from the socket is read there: a web stream around it costs more than a small body. */
function bytesOf(request: Request): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  const socket = (request as ServerRequest).runtime?.node?.req;
  return socket && !request.bodyUsed ? socket.iterator({ destroyOnReturn: false }) : (request.body ?? []);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidRequestError("The body is not valid UTF-8.", [{ path: "body", message: "Encode the JSON as UTF-8" }]);
  }
}
