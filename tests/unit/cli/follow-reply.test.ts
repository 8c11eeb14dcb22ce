import { expect, test } from "vitest";
import type { Api, ApiEvent } from "../../../cli/api/api";
import { followReply } from "../../../cli/reply/follow-reply";
import { fakeIo } from "../../support/fake-io";

const started = { type: "start", messageMetadata: { conversationId: "c", runId: "r" } };
const word = (delta: string) => ({ type: "text-delta", id: "t", delta });
const ended = (status: string) => ({ type: "finish", messageMetadata: { status } });

/** A server whose stream is written by the test, and a reply that is followed there. */
function following({ ownsRun = true } = {}) {
  const io = fakeIo();
  const posted: string[] = [];
  let writer: ReadableStreamDefaultController<ApiEvent> | undefined;
  let sent = 0;
  let isDone = false;
  const open = async (signal: AbortSignal) => {
    const stream = new ReadableStream<ApiEvent>({
      start: (controller) => {
        writer = controller;
      },
    });
    signal.addEventListener("abort", () => writer?.close());
    return {
      [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
      get isDone() {
        return isDone;
      },
    };
  };
  const api = {
    post: async (path: string) => void posted.push(path),
    get: async (path: string) => ({ path, status: "interrupted", model: "ollama/a" }),
  } as unknown as Api;
  const told: string[] = [];
  const result = followReply({
    api,
    io,
    open,
    ownsRun,
    onHappening: (happening) => told.push(happening.kind === "text" ? happening.text : ""),
  });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
  return {
    result,
    posted,
    told,
    io,
    async send(...chunks: unknown[]) {
      await turn();
      for (const chunk of chunks) writer?.enqueue({ id: String(sent++), data: JSON.stringify(chunk) });
      await turn();
    },
    async done() {
      isDone = true;
      writer?.close();
      await turn();
    },
  };
}

test("the first Ctrl-C stops the run once, and what was written is still taken", async () => {
  const { result, posted, told, io, send, done } = following();
  await send(started, word("one "));
  io.interrupt();
  await send(word("two"), ended("stopped"));
  await done();
  expect(await result).toEqual({
    reply: expect.objectContaining({ text: "one two", status: "stopped" }),
    interruption: "interrupted",
    hasLeft: false,
  });
  expect(told).toEqual(["one ", "two"]);
  expect(posted).toEqual(["/api/v1/runs/r/stop"]);
});

test("a Ctrl-C before the server has named the run stops it as soon as it does", async () => {
  const { result, posted, io, send, done } = following();
  await send();
  io.interrupt();
  expect(posted).toEqual([]);
  await send(started);
  expect(posted).toEqual(["/api/v1/runs/r/stop"]);
  await send(ended("stopped"));
  await done();
  await result;
});

test("the second Ctrl-C leaves a server that does not end the reply", async () => {
  const { result, posted, io, send } = following();
  await send(started, word("one"));
  io.interrupt();
  io.interrupt("terminated");
  expect(await result).toMatchObject({ reply: { text: "one" }, interruption: "interrupted", hasLeft: true });
  expect(posted).toEqual(["/api/v1/runs/r/stop"]);
  expect(io.written.err).toBe("");
});

test("one who leaves before the run has a name is told that it may go on", async () => {
  const { result, posted, io, send } = following();
  await send();
  io.interrupt();
  io.interrupt();
  expect(await result).toMatchObject({ interruption: "interrupted" });
  expect(posted).toEqual([]);
  expect(io.written.err).toMatch(/may go on/);
});

test("one who only watches leaves at the first, and does not stop the run", async () => {
  const { result, posted, io, send } = following({ ownsRun: false });
  await send(started, word("one"));
  io.interrupt();
  expect(await result).toMatchObject({ interruption: "interrupted" });
  expect(posted).toEqual([]);
});

test("a run whose log has no end is as its row says", async () => {
  const { result, send, done } = following();
  await send(started, word("one"));
  await done();
  expect(await result).toEqual({ reply: expect.objectContaining({ text: "one", status: "interrupted", model: "ollama/a" }) });
});
