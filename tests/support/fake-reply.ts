import { setTimeout as sleep } from "node:timers/promises";
import { type FakeBehaviour, type FakeToolCall, type Misbehaviour, modelOf, type Piece, type Reply } from "./fake-protocol";

const statuses: Partial<Record<Misbehaviour, [status: number, message: string]>> = {
  "reject-key": [401, "Incorrect API key provided"],
  "no-model": [404, "model not found"],
  "rate-limit": [429, "Rate limit reached"],
  "server-error": [500, "internal failure"],
  unavailable: [503, "server busy, please try again"],
  "context-too-long": [400, "the input length exceeds the context length"],
  "refuses-prompt": [400, "The response was filtered due to the prompt triggering Azure OpenAI's content management policy."],
  "bad-request": [400, "temperature must be at most 2"],
};

/** Answers with the status that the behaviour names, if it names one. @returns whether it did */
export function refuse({ protocol, behaviour, response }: Pick<Reply, "protocol" | "behaviour" | "response">): boolean {
  const failure = behaviour.misbehave && statuses[behaviour.misbehave];
  if (!failure) return false;
  const [status, message] = failure;
  response.writeHead(status, {
    "content-type": "application/json",
    ...(behaviour.retryAfter && { "retry-after": behaviour.retryAfter }),
  });
  response.end(JSON.stringify(protocol.errorBody(status, behaviour.says ?? message)));
  return true;
}

/** Answers one request for a reply: well, or in the way the behaviour names. */
export async function writeReply(reply: Reply): Promise<void> {
  const { protocol, behaviour, response } = reply;
  if (refuse(reply)) return;
  if (behaviour.misbehave === "refuses-streams" && reply.body.stream) {
    response.writeHead(400, { "content-type": "application/json" });
    return void response.end(
      JSON.stringify(protocol.errorBody(400, behaviour.says ?? "Your organization must be verified to stream this model.")),
    );
  }
  if (behaviour.misbehave === "hang-before-headers") return;
  if (behaviour.firstTokenMs) await sleep(behaviour.firstTokenMs);
  if (behaviour.misbehave === "redirect") return void response.writeHead(302, { location: "http://127.0.0.1:9/elsewhere" }).end();
  if (behaviour.misbehave === "error-as-json") {
    response.writeHead(200, { "content-type": "application/json" });
    return void response.end(JSON.stringify(protocol.errorBody(200, behaviour.says ?? "server busy, please try again")));
  }
  const isWhole = protocol.whole && (!reply.body.stream || behaviour.misbehave === "never-streams");
  const goodType = isWhole ? "application/json" : protocol.contentType;
  const contentType = behaviour.misbehave === "wrong-content-type" ? "text/html" : goodType;
  const length = behaviour.misbehave && falseLengths[behaviour.misbehave];
  response.writeHead(200, { "content-type": contentType, ...(length && { "content-length": length }) });
  response.flushHeaders();
  const hostile = behaviour.misbehave && hostileBodies[behaviour.misbehave];
  if (hostile) return hostile(reply);
  return isWhole ? writeWhole(reply) : writeTokens(reply);
}

/** Bytes that a host announces and does not keep to. */
const falseLengths: Partial<Record<Misbehaviour, number>> = { "promises-more": 1_000_000, "promises-less": 400 };

/** Bodies that are no reply at all. */
const hostileBodies: Partial<Record<Misbehaviour, (reply: Reply) => Promise<void> | void>> = {
  "hang-after-headers": () => {},
  "error-under-200": ({ protocol, response }) => void response.end(protocol.errorFrame("model runner has unexpectedly stopped")),
  empty: ({ protocol, response, body }) => {
    response.write(protocol.head(modelOf(body)));
    response.end(protocol.end({ model: modelOf(body), tokens: 0, hasToolCalls: false, reportsUsage: true }));
  },
  "refuses-by-policy": ({ protocol, response, body }) =>
    void response.end(
      protocol.end({ model: modelOf(body), tokens: 0, hasToolCalls: false, reportsUsage: true, finishReason: "content-filter" }),
    ),
  "endless-line": (reply) => flood(reply, Buffer.alloc(64 * 1024, "x")),
  "huge-chunk": ({ protocol, behaviour, response, body }) =>
    void response.end(protocol.piece({ kind: "text", text: "x".repeat(8 * 1024 * 1024) }, modelOf(body), behaviour)),
  "wrong-content-type": ({ response }) => void response.end("<html><body>Sign in to the hotel network</body></html>"),
  "never-ending": (reply) =>
    flood(reply, Buffer.from(reply.protocol.piece({ kind: "text", text: "x".repeat(16 * 1024) }, modelOf(reply.body), reply.behaviour))),
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

function writeWhole({ protocol, behaviour, response, body }: Reply): void {
  const calls = takeCalls(behaviour, body);
  const pieces = piecesOf(behaviour, Boolean(calls));
  const { finishReason } = behaviour;
  const tokens = behaviour.countsTokens ?? pieces.length;
  const text = JSON.stringify(protocol.whole?.({ model: modelOf(body), pieces, calls, tokens, behaviour, finishReason }));
  if (behaviour.misbehave !== "drop-mid-stream") return void response.end(text);
  response.write(text.slice(0, text.length / 2));
  setTimeout(() => response.destroy(), 50);
}

async function writeTokens({ protocol, behaviour, response, body, onToken, isHurried }: Reply): Promise<void> {
  const { misbehave, intervalMs } = behaviour;
  const model = modelOf(body);
  const calls = takeCalls(behaviour, body);
  const pieces = piecesOf(behaviour, Boolean(calls));
  const breaksAt = Math.floor(pieces.length / 2);
  response.write(protocol.head(model));
  for (const [index, piece] of pieces.entries()) {
    if (index === breaksAt && misbehave) {
      await behaviour.breaksAfter;
      if (misbehave === "silence-mid-stream") return;
      if (misbehave === "drop-mid-stream") return void setTimeout(() => response.destroy(), 50);
      if (misbehave === "error-mid-stream") return void response.end(protocol.errorFrame("CUDA out of memory"));
    }
    if (intervalMs > 0 && !isHurried()) await sleep(intervalMs);
    if (response.destroyed) return;
    response.write(protocol.piece(piece, model, behaviour));
    onToken();
  }
  if (calls) response.write(protocol.toolCalls(calls, model));
  if (misbehave === "no-end-marker") return void response.end();
  const wanted = behaviour.countsTokens ?? pieces.length;
  const tokens = behaviour.keepsLimit ? Math.min(wanted, limitOf(body)) : wanted;
  const { reportsUsage = true, finishReason = tokens < wanted ? "length" : undefined } = behaviour;
  response.end(protocol.end({ model, tokens, hasToolCalls: Boolean(calls), reportsUsage, finishReason }));
}

/** The calls that are scripted for the next reply. A request without tools, as for a title, leaves them to the next, unless a model calls what it was not offered. */
function takeCalls(behaviour: FakeBehaviour, { tools }: Record<string, unknown>): FakeToolCall[] | undefined {
  if (!behaviour.callsUnasked && (!Array.isArray(tools) || tools.length === 0)) return undefined;
  const calls = behaviour.toolCalls;
  behaviour.toolCalls = undefined;
  return calls;
}

/** How long a reply a request wants at most, by OpenAI's field or Ollama's. */
function limitOf({ max_tokens, options }: Record<string, unknown>): number {
  const given = max_tokens ?? (options as { num_predict?: number } | undefined)?.num_predict;
  return Number(given ?? Number.POSITIVE_INFINITY);
}

function piecesOf({ tokens, nextReplies, reply: usualReply, reasoning }: FakeBehaviour, hasToolCalls: boolean): Piece[] {
  const reply = nextReplies?.shift() ?? usualReply;
  const split = (text: string) => text.match(/\S+\s*|\s+/g) ?? [];
  const words = reply !== undefined ? split(reply) : Array.from({ length: tokens }, (_, index) => `tok${index} `);
  const thoughts = split(reasoning ?? "").map((text): Piece => ({ kind: "reasoning", text }));
  return [...thoughts, ...(hasToolCalls ? [] : words.map((text): Piece => ({ kind: "text", text })))];
}
