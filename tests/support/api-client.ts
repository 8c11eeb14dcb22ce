import { setTimeout as sleep } from "node:timers/promises";

/** One event of a reply's stream: its number and the AI SDK chunk. */
export type StreamEvent = { id: number; chunk: Record<string, unknown> & { type: string } };

/** A program that talks to Hearth over REST as one user. */
export type ApiClient = Awaited<ReturnType<typeof signUp>>;

/** Registers an account and returns a client that carries its token. The first account of a Hearth is its admin. */
export async function signUp(url: string, email = "admin@example.org") {
  const registered = await fetch(`${url}/api/v1/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: "correct horse battery", name: "Test" }),
  });
  if (registered.status !== 201) throw new Error(`Registration answered ${registered.status}: ${await registered.text()}`);
  const { accessToken } = (await registered.json()) as { accessToken: string };
  return clientAt(url, accessToken);
}

/** The same user at another address, such as a second process on the same database. */
export function clientAt(url: string, accessToken: string) {
  const request = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json", ...init.headers },
    });
  const json = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await request(path, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (
      response.status === 204 || response.headers.get("content-length") === "0" ? undefined : await response.json().catch(() => undefined)
    ) as T;
  };
  return { url, accessToken, request, json, at: (other: string) => clientAt(other, accessToken) };
}

/** Reads a reply's stream, event by event, until `[DONE]`, the end of the connection, or the loop's break. */
export async function* events(response: Response): AsyncGenerator<StreamEvent> {
  let buffer = "";
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    buffer += decoder.decode(bytes, { stream: true });
    const blocks = buffer.split("\n\n");
    buffer = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = block.match(/^data: ?(.*)$/m)?.[1];
      if (data === "[DONE]") return;
      if (data) yield { id: Number(block.match(/^id: ?(\d+)$/m)?.[1] ?? -1), chunk: JSON.parse(data) };
    }
  }
}

/** The text of `text-delta` chunks. */
export const textOf = (all: StreamEvent[]) => all.map(({ chunk }) => (chunk.type === "text-delta" ? String(chunk.delta) : "")).join("");

/** The ids that a stream's first chunk carries. @throws Error when it does not */
export function idsOf(event: StreamEvent | undefined): { conversationId: string; runId: string } {
  const metadata = event?.chunk.messageMetadata as { conversationId?: string; runId?: string } | undefined;
  if (!metadata?.conversationId || !metadata.runId) throw new Error(`The stream began with ${JSON.stringify(event?.chunk)}`);
  return { conversationId: metadata.conversationId, runId: metadata.runId };
}

/** Waits until `check` gives something, looking every 20 ms. @throws Error after `withinMs` */
export async function eventually<T>(check: () => Promise<T | undefined | false>, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`This did not come true within ${withinMs} ms: ${check}`);
    await sleep(20);
  }
}
