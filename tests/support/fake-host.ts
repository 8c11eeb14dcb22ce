import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type FakeBehaviour, type Protocol, writeReply } from "./fake-reply";

export type FakeRequest = { method: string; path: string; headers: IncomingMessage["headers"]; body: Record<string, unknown> };

export type FakeHost = Awaited<ReturnType<typeof fakeHost>>;

/** What a fake is asked for: how it behaves, and optionally the port to listen on. */
export type FakeOptions = Partial<FakeBehaviour> & { port?: number };

/** A real HTTP server on loopback that speaks a model host's protocol, and misbehaves when told to. */
export async function fakeHost(protocol: Protocol, { port = 0, ...options }: FakeOptions) {
  const behaviour: FakeBehaviour = { tokens: 5, intervalMs: 0, models: protocol.defaultModels, ...options };
  const requests: FakeRequest[] = [];
  const waiters = new Set<() => void>();
  let latest: { response: ServerResponse; tokensSent: number } | undefined;
  const notify = () => {
    for (const waiter of waiters) waiter();
  };

  const server = createServer(async (request, response) => {
    response.on("error", () => {});
    const body = await readBody(request);
    const path = request.url ?? "/";
    requests.push({ method: request.method ?? "GET", path, headers: request.headers, body });
    if (behaviour.misbehave === "hang-always") return;
    if (!protocol.isChat(path)) return answerListing(response, protocol.listing(path, body, behaviour));
    const reply = { response, tokensSent: 0 };
    latest = reply;
    response.on("close", notify);
    const countToken = () => {
      reply.tokensSent++;
      notify();
    };
    await writeReply({ protocol, behaviour, response, body, onToken: countToken });
  });

  const listen = (onPort: number) =>
    new Promise<void>((resolve, reject) => server.once("error", reject).listen(onPort, "127.0.0.1", resolve));
  const stopListening = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(port);
  const address = server.address() as AddressInfo;
  if (behaviour.misbehave === "refuse") await stopListening();

  /** Waits until `holds`, at most `withinMs`; tells whether it came to hold. */
  const until = (holds: () => boolean, withinMs: number) =>
    new Promise<boolean>((resolve) => {
      const end = (result: boolean) => {
        clearTimeout(timer);
        waiters.delete(check);
        resolve(result);
      };
      const check = () => holds() && end(true);
      const timer = setTimeout(() => end(holds()), withinMs);
      waiters.add(check);
      check();
    });

  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    /** Every request so far, those for lists of models included. */
    requests,
    /** The requests for a reply. */
    get chats() {
      return requests.filter((request) => protocol.isChat(request.path));
    },
    /** How many tokens the newest reply has sent. */
    get tokensSent() {
      return latest?.tokensSent ?? 0;
    },
    /** Settles when the newest reply has sent `count` tokens. */
    async afterTokens(count: number, withinMs = 10_000): Promise<void> {
      if (!(await until(() => (latest?.tokensSent ?? 0) >= count, withinMs)))
        throw new Error(`The fake has sent ${latest?.tokensSent ?? 0} tokens, not ${count}`);
    },
    /** Whether the newest reply's connection is closed by the client before its end, within `withinMs` from now. */
    closedByClient(withinMs = 500): Promise<boolean> {
      const response = latest?.response;
      return until(() => Boolean(response?.destroyed && !response.writableFinished), withinMs);
    },
    /** Changes how the host behaves from the next request on. `misbehave: undefined` makes it well again. */
    async behave(change: Partial<FakeBehaviour>): Promise<void> {
      Object.assign(behaviour, change);
      const refuses = behaviour.misbehave === "refuse";
      if (refuses && server.listening) await stopListening();
      if (!refuses && !server.listening) await listen(address.port);
    },
    async close(): Promise<void> {
      if (server.listening) await stopListening();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString();
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function answerListing(response: ServerResponse, answer: { status?: number; body: unknown } | undefined) {
  response.writeHead(answer ? (answer.status ?? 200) : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(answer?.body ?? { error: "404 page not found" }));
}
