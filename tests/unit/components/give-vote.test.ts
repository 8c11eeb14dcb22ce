import { afterEach, expect, test, vi } from "vitest";
import { ChatStore } from "@/components/chat/chat-store";
import { giveVote } from "@/components/chat/give-vote";
import { unheard } from "@/components/chat/session-events";
import type { HearthMessage } from "@/lib/chat/ui-message";

afterEach(() => vi.unstubAllGlobals());

const reply = (id: string, feedback?: "up" | "down"): HearthMessage => ({
  id,
  role: "assistant",
  parts: [{ type: "text", text: "Yes." }],
  metadata: { conversationId: "c", parentId: null, siblings: [id], status: "complete", createdAt: "2026-01-01T00:00:00.000Z", feedback },
});

/** Votes on the second of two replies, and gives what is shown before and after the server has answered. */
async function voted(from: "up" | "down" | undefined, vote: "up" | "down" | null, answer: Response) {
  const store = new ChatStore([reply("a"), reply("b", from)]);
  const { promise, resolve } = Promise.withResolvers<Response>();
  const asked: unknown[] = [];
  const problems: string[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    asked.push([init.method, path, JSON.parse(String(init.body))]);
    return promise;
  });
  const shown = () => store.snapshot().messages.map(({ metadata }) => metadata?.feedback);
  const done = giveVote({ store, events: { ...unheard, onProblem: (text) => problems.push(text) } }, "b", vote);
  const atOnce = shown();
  resolve(answer);
  await done;
  return { asked, atOnce, after: shown(), problems };
}

test("a vote is shown before the server has answered, and stays", async () => {
  expect(await voted(undefined, "up", Response.json({}))).toEqual({
    asked: [["POST", "/api/v1/messages/b/feedback", { vote: "up" }]],
    atOnce: [undefined, "up"],
    after: [undefined, "up"],
    problems: [],
  });
  expect(await voted("up", null, Response.json({}))).toMatchObject({ atOnce: [undefined, undefined], after: [undefined, undefined] });
});

test("a vote that the server does not take is undone, and the reader is told", async () => {
  const refusal = Response.json({ status: 404, code: "not_found", detail: "There is no such message.", requestId: "r" }, { status: 404 });
  const { atOnce, after, problems } = await voted("down", "up", refusal);
  expect([atOnce[1], after[1]]).toEqual(["up", "down"]);
  expect(problems).toEqual(["There is no such message."]);
});
