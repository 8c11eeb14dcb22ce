import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { BadListing, FakeBehaviour, Protocol } from "./fake-protocol";
import { refuse, writeReply } from "./fake-reply";

export type FakeRequest = { method: string; path: string; headers: IncomingMessage["headers"]; body: Record<string, unknown> };

export type FakeHost = Awaited<ReturnType<typeof fakeHost>>;

/** What a fake is asked for: how it behaves, and optionally the port to listen on. */
export type FakeOptions = Partial<FakeBehaviour> & { port?: number };

/** A real HTTP server on loopback that speaks a model host's protocol, and misbehaves when told to. */
export async function fakeHost(protocol: Protocol, { port = 0, ...options }: FakeOptions) {
  const behaviour: FakeBehaviour = { tokens: 5, intervalMs: 0, models: protocol.defaultModels, ...options };
  const requests: FakeRequest[] = [];
  let connections = 0;
  let chatsMet = 0;
  const waiters = new Set<() => void>();
  let latest: { response: ServerResponse; tokensSent: number; isHurried: boolean } | undefined;
  const notify = () => {
    for (const waiter of waiters) waiter();
  };

  const server = createServer(async (request, response) => {
    response.on("error", () => {});
    const body = await readBody(request);
    const path = request.url ?? "/";
    requests.push({ method: request.method ?? "GET", path, headers: request.headers, body });
    if (behaviour.misbehave === "hang-always") return;
    if (/embed/i.test(path) && refuse({ protocol, behaviour, response })) return;
    const manage = protocol.manage && /^\/api\/(pull|delete|generate|embed)$/.test(path) ? protocol.manage : undefined;
    if (manage) {
      latest = { response, tokensSent: 0, isHurried: false };
      response.on("close", notify);
      if (await manage({ method: request.method ?? "GET", path, body, behaviour, response })) return;
    }
    if (!protocol.isChat(path)) return answerListing(response, await protocol.listing(path, body, behaviour), behaviour.listing);
    const reply = { response, tokensSent: 0, isHurried: false };
    latest = reply;
    response.on("close", notify);
    const countToken = () => {
      reply.tokensSent++;
      notify();
    };
    const turns = behaviour.misbehaveInTurn;
    const met = turns ? { ...behaviour, misbehave: turns[chatsMet++ % turns.length] } : behaviour;
    await writeReply({ protocol, behaviour: met, response, body, onToken: countToken, isHurried: () => reply.isHurried });
  });

  server.on("connection", () => {
    connections++;
  });
  const listen = async (onPort: number) => {
    const listening = once(server, "listening");
    server.listen(onPort, "127.0.0.1");
    await listening;
  };
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
    /** How many connections were ever opened. */
    get connections() {
      return connections;
    },
    /** The requests for a reply. */
    get chats() {
      return requests.filter((request) => protocol.isChat(request.path));
    },
    /** How many tokens the newest reply has sent. */
    get tokensSent() {
      return latest?.tokensSent ?? 0;
    },
    /** Writes what is left of the newest reply without pauses: for a test that has seen enough of its growing. */
    hurry(): void {
      if (latest) latest.isHurried = true;
    },
    /** Settles when the newest reply has sent `count` tokens. */
    async afterTokens(count: number, withinMs = 10_000): Promise<void> {
      if (!(await until(() => (latest?.tokensSent ?? 0) >= count, withinMs)))
        throw new Error(`The fake has sent ${latest?.tokensSent ?? 0} tokens, not ${count}`);
    },
    /** Whether the newest reply's connection is closed by the client before its end, within `withinMs` from now. */
    closedByClient(withinMs = 2_000): Promise<boolean> {
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

type ListAnswer = { status?: number; body: unknown } | undefined;

async function answerListing(response: ServerResponse, answer: ListAnswer, bad?: BadListing) {
  if (bad === "hang") return;
  response.writeHead(answer ? (answer.status ?? 200) : 404, { "content-type": "application/json" });
  if (bad === "endless") return floodWith(response, '{"models":[],"data":[],"x":"');
  if (bad === "garbage") return void response.end('{"models": [ \u0001 <html>');
  if (bad === "wrong-shape") return void response.end('{"models":{"a":1},"data":"none"}');
  const body = bad === "huge" ? withManyModels(answer?.body) : answer?.body;
  const text = JSON.stringify(body ?? { error: "404 page not found" });
  response.end(text.replaceAll(/"raw:([^"]*)"/g, "$1"));
}

/** The same list with twenty thousand models more, and some whose names cannot be. */
function withManyModels(body: unknown): unknown {
  const list = body as { models?: Record<string, unknown>[]; data?: Record<string, unknown>[] };
  const names = ["x".repeat(201), "a b", "a\u0000b", "\u202ename", "", ...Array.from({ length: 20_000 }, (_, index) => `m${index}`)];
  const more = names.map((name) => ({ name, id: name }));
  if (list.models) return { ...list, models: [...more, ...list.models, null, 7] };
  return list.data ? { ...list, data: [...more, ...list.data, null, 7] } : body;
}

async function floodWith(response: ServerResponse, start: string): Promise<void> {
  response.write(start);
  const bytes = Buffer.alloc(64 * 1024, "x");
  while (!response.destroyed) {
    const hasRoom = response.write(bytes);
    await new Promise((resolve) => (hasRoom ? setImmediate(resolve) : setTimeout(resolve, 1)));
  }
}
