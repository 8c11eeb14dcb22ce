import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How the storage answers one request. `well` for all beyond the list. */
export type Manner =
  | "well"
  | "ignores-range"
  | "not-found"
  | "busy"
  | "wrong-bytes"
  | "silent"
  | "too-much"
  | "slow"
  | { dropsAfter: number }
  | { takesMs: number };

export type FakeHub = {
  /** The file's address, as Hugging Face gives it: a redirect to the storage. */
  url: string;
  /** What stands in for huggingface.co: the file is at any path that has `/resolve/` in it. */
  mirror: string;
  sha256: string;
  /** The Range and If-Range of each request that reached the storage. */
  requests: { range?: string; ifRange?: string }[];
  close(): Promise<void>;
};

type Options = { manners?: Manner[]; etag?: string; reportsHash?: boolean };

/** A real HTTP server that serves one file the way Hugging Face does, and misbehaves on demand. */
export async function fakeHub(file: Buffer, { manners = [], etag = '"v1"', reportsHash = true }: Options = {}): Promise<FakeHub> {
  const sha256 = createHash("sha256").update(file).digest("hex");
  const requests: FakeHub["requests"] = [];
  const queue = [...manners];
  const server = createServer((request, response) => {
    if (request.url?.includes("/resolve/")) {
      response.writeHead(302, { location: "/storage/model.gguf", ...(reportsHash && { "x-linked-etag": `"${sha256}"` }) }).end();
      return;
    }
    requests.push({ range: request.headers.range, ifRange: request.headers["if-range"] as string | undefined });
    void serve({ request, response, file, etag, manner: queue.shift() ?? "well" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/resolve/model.gguf`,
    mirror: `http://127.0.0.1:${port}`,
    sha256,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Serving = { request: IncomingMessage; response: ServerResponse; file: Buffer; etag: string; manner: Manner };

async function serve({ request, response, file, etag, manner }: Serving): Promise<void> {
  if (manner === "not-found") return void response.writeHead(404).end("no such file");
  if (manner === "busy") return void response.writeHead(503).end();
  const from = rangeStart(request, etag, manner);
  if (from >= file.length && from > 0) return void response.writeHead(416, { "content-range": `bytes */${file.length}` }).end();
  const body = manner === "wrong-bytes" ? Buffer.alloc(file.length - from, 7) : file.subarray(from);
  const headers = { etag, "accept-ranges": "bytes", ...(manner !== "too-much" && { "content-length": body.length }) };
  if (from > 0) response.writeHead(206, { ...headers, "content-range": `bytes ${from}-${file.length - 1}/${file.length}` });
  else response.writeHead(200, headers);
  if (typeof manner === "object" && "takesMs" in manner) return writeSlowly(response, body, manner.takesMs);
  if (typeof manner === "object") {
    response.write(body.subarray(0, manner.dropsAfter));
    await sleep(50);
    return void response.destroy();
  }
  if (manner === "silent") return response.flushHeaders();
  if (manner === "too-much") return void response.end(Buffer.concat([body, body]));
  if (manner === "slow") return writeSlowly(response, body, 2_000);
  response.end(body);
}

function rangeStart(request: IncomingMessage, etag: string, manner: Manner): number {
  const condition = request.headers["if-range"];
  if (manner === "ignores-range" || (condition && condition !== etag)) return 0;
  return Number(request.headers.range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
}

async function writeSlowly(response: ServerResponse, body: Buffer, takesMs: number): Promise<void> {
  const piece = Math.ceil(body.length / 100);
  for (let at = 0; at < body.length && !response.destroyed; at += piece) {
    response.write(body.subarray(at, at + piece));
    await sleep(takesMs / 100);
  }
  response.end();
}
