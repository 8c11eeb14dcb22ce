/** A model host in a process of its own: speaks Ollama's protocol and writes numbered words at a steady pace. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A model's name says what it writes: `words-<count>-every-<ms>:latest`. */
const pattern = /^words-(\d+)-every-(\d+):latest$/;
const names = ["words-1-every-1", "words-20-every-5", "words-200-every-20", "words-1000-every-20", "words-5000-every-5"].map(
  (name) => `${name}:latest`,
);
const now = "2026-01-01T00:00:00Z";

let chats = 0;

const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = parts.length > 0 ? (JSON.parse(Buffer.concat(parts).toString()) as { model?: string; name?: string }) : {};
  const model = body.model ?? body.name ?? "";
  if (request.url === "/api/chat") {
    chats += 1;
    return write(model, response);
  }
  response.setHeader("content-type", "application/json").end(JSON.stringify(listing(request.url ?? "")));
});

function listing(path: string): unknown {
  const models = names.map((name) => ({
    name,
    model: name,
    digest: name,
    size: 1,
    details: { family: "llama", parameter_size: "1B" },
    expires_at: now,
  }));
  if (path === "/api/version") return { version: "0.13.5" };
  // Not Ollama's: how many replies it was asked for.
  if (path === "/chats") return { chats };
  if (path === "/api/show") {
    return {
      capabilities: ["completion"],
      details: models[0]?.details,
      model_info: { "general.architecture": "llama", "llama.context_length": 131_072 },
    };
  }
  return { models };
}

function write(model: string, response: ServerResponse): void {
  const [, count = "1", everyMs = "20"] = pattern.exec(model) ?? [];
  const line = (content: string) => `${JSON.stringify({ model, created_at: now, message: { role: "assistant", content }, done: false })}\n`;
  let written = 0;
  response.setHeader("content-type", "application/x-ndjson");
  const startedAt = performance.now();
  const tick = () => {
    // As many words as are due, so that a late timer does not slow the pace.
    const due = Math.min(Number(count), Math.floor((performance.now() - startedAt) / Number(everyMs)) + 1);
    for (; written < due; written += 1) response.write(line(`${words[written % words.length]}${written} `));
    if (written < Number(count)) return;
    clearInterval(timer);
    const counts = { total_duration: 1, prompt_eval_count: 1, eval_count: written };
    response.end(
      `${JSON.stringify({ model, created_at: now, message: { role: "assistant", content: "" }, done: true, done_reason: "stop", ...counts })}\n`,
    );
  };
  const timer = setInterval(tick, Number(everyMs));
  response.on("close", () => clearInterval(timer));
  tick();
}

const words = ["alpha", "beta", "**gamma** ", "delta", "epsilon.\n\n", "zeta", "eta", "`theta` ", "iota", "kappa"];

server.listen(0, "127.0.0.1", () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.once("disconnect", () => process.exit(0));
