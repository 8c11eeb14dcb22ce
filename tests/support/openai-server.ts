import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GET as unknown, POST as unknownPost } from "@/app/v1/[...path]/route";
import { POST as chat } from "@/app/v1/chat/completions/route";
import { POST as embeddings } from "@/app/v1/embeddings/route";
import { GET as model } from "@/app/v1/models/[...id]/route";
import { GET as models } from "@/app/v1/models/route";
import { POST as responses } from "@/app/v1/responses/route";
import type { RouteHandler } from "./route-files";

/** Which handler stands behind a path, as Next would choose it. */
function handlerOf(method: string, path: string): RouteHandler {
  const routes: Record<string, unknown> = {
    "POST /v1/chat/completions": chat,
    "POST /v1/embeddings": embeddings,
    "POST /v1/responses": responses,
    "GET /v1/models": models,
  };
  const found = routes[`${method} ${path}`] ?? (method === "GET" && path.startsWith("/v1/models/") ? model : undefined);
  return (found ?? (method === "GET" ? unknown : unknownPost)) as RouteHandler;
}

/** The route handlers of `/v1` behind a real HTTP listener on loopback, so that real clients can call them. `url` ends in `/v1`. */
export async function openaiServer() {
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    void serve(request, response).then(
      (status) => statuses.push(status),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** The status of every answer so far. */
    statuses,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<number> {
  const gone = new AbortController();
  outgoing.on("close", () => outgoing.writableFinished || gone.abort());
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const { method = "GET", url = "/" } = incoming;
  const path = url.split("?", 1)[0] ?? "";
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const request = new Request(`http://127.0.0.1${url}`, {
    method,
    headers,
    ...(method !== "GET" && { body: Buffer.concat(pieces) }),
    signal: gone.signal,
  });
  const segments = path.split("/").slice(3);
  const params = { id: segments, path: segments } as unknown as Record<string, string>;
  const response = await handlerOf(method, path)(request, { params: Promise.resolve(params) });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  const reader = response.body?.getReader();
  gone.signal.addEventListener("abort", () => void reader?.cancel().catch(() => {}));
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) outgoing.write(read.value);
  outgoing.end();
  return response.status;
}
