import { expect } from "vitest";
import { type ApiClient, events, idsOf, type StreamEvent, textOf } from "./api-client";

export type StoredMessage = { id: string; role: string; status: string; text: string };

/** What a crash may take of a reply. */
const mayLoseMs = 400;

/** Sends a message over REST and reads the reply in the background, until its end or that of the process that writes it. */
export async function readReply(client: ApiClient, message: string) {
  const response = await client.request("/api/v1/chat", { method: "POST", body: JSON.stringify({ message, stream: true }) });
  expect(response.status).toBe(200);
  const stream = events(response);
  const seen: { event: StreamEvent; at: number }[] = [];
  const readOne = async () => {
    const { value, done } = await stream.next();
    if (!done) seen.push({ event: value, at: performance.now() });
    return !done;
  };
  await readOne();
  const ended = (async () => {
    while (await readOne());
  })().catch(() => {});
  return {
    ...idsOf(seen[0]?.event),
    /** Settles at the stream's end, however it comes. */
    ended,
    /** The text that has come so far. */
    text: () => textOf(seen.map(({ event }) => event)),
    /** The text that must have been stored when the process was killed. */
    durableText: (killedAt: number) => textOf(seen.filter(({ at }) => at < killedAt - mayLoseMs).map(({ event }) => event)).trimEnd(),
  };
}

/** The messages of the branch last looked at, oldest first. */
export async function messagesOf(client: ApiClient, conversationId: string): Promise<StoredMessage[]> {
  return (await client.json<{ items: StoredMessage[] }>(`/api/v1/messages?conversationId=${conversationId}`)).items;
}
