import { expect, test } from "vitest";
import type { UiChunk } from "@/db/schema/json";
import { type NumberedChunk, RunLog } from "@/lib/chat/run-log";

const delta = (text: string): UiChunk => ({ type: "text-delta", id: "t", delta: text });

async function collect(batches: AsyncGenerator<NumberedChunk[]>): Promise<NumberedChunk[]> {
  const all: NumberedChunk[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

test("every follower gets every chunk once and in order, whenever it comes and from wherever it starts", async () => {
  const log = new RunLog();
  const early = collect(log.follow(0));
  log.append(delta("a"));
  const middle = collect(log.follow(1));
  await Promise.resolve();
  log.append(delta("b"));
  log.append(delta("c"));
  log.end();
  const late = collect(log.follow(0));
  expect((await early).map(({ seq }) => seq)).toEqual([0, 1, 2]);
  expect((await middle).map(({ seq }) => seq)).toEqual([1, 2]);
  expect(await late).toEqual(await early);
});

test("the end is shown to nobody before it is stored", async () => {
  const log = new RunLog();
  log.append(delta("a"));
  log.seal([{ type: "finish" }]);
  const follower = log.follow(0);
  expect((await follower.next()).value).toHaveLength(1);
  const second = follower.next();
  expect(await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 20, "nothing"))])).toBe("nothing");
  log.end();
  expect((await second).value).toEqual([{ seq: 1, chunk: { type: "finish" } }]);
});

test("nothing is added after the seal", () => {
  const log = new RunLog();
  log.seal([{ type: "finish" }]);
  log.append(delta("late"));
  expect(log.unstored()).toEqual({ firstSeq: 0, chunks: [{ type: "finish" }] });
  expect(log.builder.text()).toBe("");
});

test("a follower that goes away ends at once", async () => {
  const log = new RunLog();
  const gone = new AbortController();
  const following = collect(log.follow(0, gone.signal));
  gone.abort();
  expect(await following).toEqual([]);
});

test("chunks are written until a write of them is acknowledged, each time from the same number on, and not again after that", () => {
  const log = new RunLog();
  log.append(delta("a"));
  log.append(delta("b"));
  expect(log.unstored()).toEqual({ firstSeq: 0, chunks: [delta("a"), delta("b")] });
  log.append(delta("c"));
  expect(log.unstored()).toEqual({ firstSeq: 0, chunks: [delta("a"), delta("b"), delta("c")] });
  log.markStored(3);
  log.markStored(2); // the word of an older write may come late
  expect(log.unstored()).toBeNull();
  log.append(delta("d"));
  expect(log.unstored()).toEqual({ firstSeq: 3, chunks: [delta("d")] });
});
