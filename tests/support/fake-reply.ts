import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Each way in which a fake host can misbehave. */
export type Misbehaviour =
  | "refuse"
  | "reject-key"
  | "no-model"
  | "rate-limit"
  | "server-error"
  | "unavailable"
  | "context-too-long"
  | "hang-always"
  | "hang-before-headers"
  | "hang-after-headers"
  | "silence-mid-stream"
  | "drop-mid-stream"
  | "error-under-200"
  | "error-mid-stream"
  | "no-end-marker"
  | "empty"
  | "endless-line"
  | "huge-chunk"
  | "wrong-content-type"
  | "never-ending"
  | "garbage";

export type FakeToolCall = { id?: string; name: string; input: Record<string, unknown> };

export type FakeModel = { name: string; capabilities?: string[]; contextLength?: number; loaded?: boolean };

export type FakeBehaviour = {
  /** How many tokens ("tok0 tok1 …") a reply has, unless `reply` scripts its text. */
  tokens: number;
  intervalMs: number;
  reply?: string;
  reasoning?: string;
  /** Called in the next reply, once. */
  toolCalls?: FakeToolCall[];
  models: FakeModel[];
  misbehave?: Misbehaviour;
  /** False leaves the token counts out. */
  reportsUsage?: boolean;
  /** The number of tokens the host says it wrote; the true one unless given. */
  countsTokens?: number;
};

type Piece = { kind: "text" | "reasoning"; text: string };

/** How one kind of host writes its replies. Frames are whole pieces of the response's body. */
export type Protocol = {
  contentType: string;
  defaultModels: FakeModel[];
  isChat(path: string): boolean;
  listing(path: string, body: Record<string, unknown>, behaviour: FakeBehaviour): { status?: number; body: unknown } | undefined;
  head(model: string): string;
  piece(piece: Piece, model: string): string;
  toolCalls(calls: FakeToolCall[], model: string): string;
  /** The finish with its counts, and the end marker. */
  end(reply: { model: string; tokens: number; hasToolCalls: boolean; reportsUsage: boolean }): string;
  errorBody(status: number, message: string): unknown;
  errorFrame(message: string): string;
};

type Reply = { protocol: Protocol; behaviour: FakeBehaviour; response: ServerResponse; body: Record<string, unknown>; onToken: () => void };

const statuses: Partial<Record<Misbehaviour, [status: number, message: string]>> = {
  "reject-key": [401, "Incorrect API key provided"],
  "no-model": [404, "model not found"],
  "rate-limit": [429, "Rate limit reached"],
  "server-error": [500, "internal failure"],
  unavailable: [503, "server busy, please try again"],
  "context-too-long": [400, "the input length exceeds the context length"],
};

/** Answers one request for a reply: well, or in the way the behaviour names. */
export async function writeReply(reply: Reply): Promise<void> {
  const { protocol, behaviour, response } = reply;
  const failure = behaviour.misbehave && statuses[behaviour.misbehave];
  if (failure) {
    const [status, message] = failure;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(protocol.errorBody(status, message)));
    return;
  }
  if (behaviour.misbehave === "hang-before-headers") return;
  const contentType = behaviour.misbehave === "wrong-content-type" ? "text/html" : protocol.contentType;
  response.writeHead(200, { "content-type": contentType });
  response.flushHeaders();
  const hostile = behaviour.misbehave && hostileBodies[behaviour.misbehave];
  if (hostile) return hostile(reply);
  return writeTokens(reply);
}

/** Bodies that are no reply at all. */
const hostileBodies: Partial<Record<Misbehaviour, (reply: Reply) => Promise<void> | void>> = {
  "hang-after-headers": () => {},
  "error-under-200": ({ protocol, response }) => void response.end(protocol.errorFrame("model runner has unexpectedly stopped")),
  empty: ({ protocol, response, body }) => {
    response.write(protocol.head(modelOf(body)));
    response.end(protocol.end({ model: modelOf(body), tokens: 0, hasToolCalls: false, reportsUsage: true }));
  },
  "endless-line": (reply) => flood(reply, Buffer.alloc(64 * 1024, "x")),
  "huge-chunk": ({ protocol, response, body }) =>
    void response.end(protocol.piece({ kind: "text", text: "x".repeat(8 * 1024 * 1024) }, modelOf(body))),
  "wrong-content-type": ({ response }) => void response.end("<html><body>Sign in to the hotel network</body></html>"),
  "never-ending": (reply) =>
    flood(reply, Buffer.from(reply.protocol.piece({ kind: "text", text: "x".repeat(16 * 1024) }, modelOf(reply.body)))),
  garbage: ({ response }) => void response.end('{"half": \n\u0000\u0001 not json at all\n\ndata: {{{\n\n'),
};

/** Writes the same bytes until the client goes away, as fast as it takes them. */
async function flood({ response, onToken }: Reply, bytes: Buffer): Promise<void> {
  let hasRoom = true;
  while (!response.destroyed) {
    if (!response.writableNeedDrain) {
      hasRoom = response.write(bytes);
      onToken();
    }
    await (hasRoom ? new Promise(setImmediate) : sleep(1));
  }
}

async function writeTokens({ protocol, behaviour, response, body, onToken }: Reply): Promise<void> {
  const { misbehave, intervalMs } = behaviour;
  const model = modelOf(body);
  const calls = behaviour.toolCalls;
  behaviour.toolCalls = undefined;
  const pieces = piecesOf(behaviour, Boolean(calls));
  const breaksAt = Math.floor(pieces.length / 2);
  response.write(protocol.head(model));
  for (const [index, piece] of pieces.entries()) {
    if (index === breaksAt && misbehave) {
      if (misbehave === "silence-mid-stream") return;
      if (misbehave === "drop-mid-stream") return void setTimeout(() => response.destroy(), 5);
      if (misbehave === "error-mid-stream") return void response.end(protocol.errorFrame("CUDA out of memory"));
    }
    if (intervalMs > 0) await sleep(intervalMs);
    if (response.destroyed) return;
    response.write(protocol.piece(piece, model));
    onToken();
  }
  if (calls) response.write(protocol.toolCalls(calls, model));
  if (misbehave === "no-end-marker") return void response.end();
  const tokens = behaviour.countsTokens ?? pieces.length;
  response.end(protocol.end({ model, tokens, hasToolCalls: Boolean(calls), reportsUsage: behaviour.reportsUsage ?? true }));
}

function piecesOf({ tokens, reply, reasoning }: FakeBehaviour, hasToolCalls: boolean): Piece[] {
  const split = (text: string) => text.match(/\S+\s*|\s+/g) ?? [];
  const words = reply !== undefined ? split(reply) : Array.from({ length: tokens }, (_, index) => `tok${index} `);
  const thoughts = split(reasoning ?? "").map((text): Piece => ({ kind: "reasoning", text }));
  return [...thoughts, ...(hasToolCalls ? [] : words.map((text): Piece => ({ kind: "text", text })))];
}

const modelOf = (body: Record<string, unknown>) => String(body.model ?? "model");
