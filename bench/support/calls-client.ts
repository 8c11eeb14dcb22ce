/** Makes many calls to one server, so many at once, from a process of its own, and tells how long each took. */
import { Agent, request } from "node:http";

export type Calls = { url: string; headers: Record<string, string>; body: string; count: number; clients: number };
/** Milliseconds to the first piece of each reply that has a word in it, and of the whole. */
export type CallsResult = { firstMs: number[]; failures: string[]; totalMs: number };

process.once("message", async ({ url, headers, body, count, clients }: Calls) => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const result: CallsResult = { firstMs: [], failures: [], totalMs: 0 };
  const startedAt = performance.now();
  let left = count;
  const work = async () => {
    while (left-- > 0) {
      const outcome = await call();
      if (typeof outcome === "number") result.firstMs.push(outcome);
      else result.failures.push(outcome);
    }
  };
  const call = () =>
    new Promise<number | string>((resolve) => {
      const sentAt = performance.now();
      const fail = (error: Error) => resolve(error.message);
      const sent = request(url, { method: "POST", headers, agent }, (response) => {
        let first: number | undefined;
        let text = "";
        response.on("data", (bytes: Buffer) => {
          if (first !== undefined) return;
          text += bytes;
          if (text.includes("alpha")) first = performance.now() - sentAt;
        });
        response.on("end", () => resolve(first ?? `${response.statusCode} ${text.slice(0, 200)}`));
        response.on("error", fail);
      });
      sent.on("error", fail).end(body);
    });
  await Promise.all(Array.from({ length: clients }, work));
  result.totalMs = performance.now() - startedAt;
  process.send?.(result, () => process.exit(0));
});
