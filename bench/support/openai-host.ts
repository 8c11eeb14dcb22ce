/** A model host in a process of its own: speaks OpenAI's protocol and writes words, all at once or at a steady pace. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A model's name says what it writes: `words-<count>-every-<ms>`; every 0 ms is one after the other, each in a write of its own. What follows is there to have a model twice. */
const pattern = /^words-(\d+)-every-(\d+)(-as-asked)?$/;
const shapes = ["words-1-every-0", "words-100-every-0", "words-5000-every-1"];
const models = [...shapes, ...shapes.map((name) => `${name}-as-asked`)].map((id) => ({
  id,
  object: "model",
  created: 1,
  owned_by: "bench",
}));
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  if (!request.url?.endsWith("/chat/completions")) return answer(response, { object: "list", data: models });
  const { model, stream } = JSON.parse(Buffer.concat(parts).toString()) as { model: string; stream?: boolean };
  const [, count = "1", everyMs = "0"] = pattern.exec(model) ?? [];
  if (stream) return write(response, model, { count: Number(count), everyMs: Number(everyMs) });
  const message = { role: "assistant", content: "alpha ".repeat(Number(count)) };
  answer(response, { ...headOf(model, "chat.completion"), choices: [{ index: 0, message, finish_reason: "stop" }], usage });
});

const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const headOf = (model: string, object: string) => ({ id: "chatcmpl-bench", object, created: 1, model });

function answer(response: ServerResponse, body: unknown): void {
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
}

function write(response: ServerResponse, model: string, { count, everyMs }: { count: number; everyMs: number }): void {
  const head = headOf(model, "chat.completion.chunk");
  const chunk = (delta: object, finish: string | null = null) => event({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] });
  const startedAt = performance.now();
  let written = 0;
  response.setHeader("content-type", "text/event-stream");
  const tick = () => {
    if (response.destroyed) return;
    const due = everyMs === 0 ? written + 1 : Math.min(count, Math.floor((performance.now() - startedAt) / everyMs) + 1);
    for (; written < due; written += 1) response.write(chunk({ content: `alpha${written} ` }));
    if (written === count) response.end(`${chunk({}, "stop")}${event({ ...head, choices: [], usage })}data: [DONE]\n\n`);
    else if (everyMs === 0) setImmediate(tick);
    else setTimeout(tick, everyMs);
  };
  tick();
}

server.listen(0, "127.0.0.1", () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.once("disconnect", () => process.exit(0));
