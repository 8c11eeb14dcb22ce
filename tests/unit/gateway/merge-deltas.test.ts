import { setTimeout as sleep } from "node:timers/promises";
import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { deltaMerger } from "@/lib/gateway/merge-deltas";

const delta = (text: string, id = "0"): LanguageModelV4StreamPart => ({ type: "text-delta", id, delta: text });

function collect() {
  const parts: LanguageModelV4StreamPart[] = [];
  return { parts, merger: deltaMerger((part) => parts.push(part)) };
}

test("the first delta goes out at once, and so does one after a quiet frame", async () => {
  const { parts, merger } = collect();
  merger.push(delta("a"));
  expect(parts).toEqual([delta("a")]);
  await sleep(30);
  merger.push(delta("b"));
  expect(parts).toEqual([delta("a"), delta("b")]);
});

test("deltas within one frame are merged and wait at most for its end", async () => {
  const { parts, merger } = collect();
  for (const text of ["a", "b", "c", "d"]) merger.push(delta(text));
  expect(parts).toEqual([delta("a")]);
  await sleep(40);
  expect(parts).toEqual([delta("a"), delta("bcd")]);
});

test("deltas of different blocks are never merged", () => {
  const { parts, merger } = collect();
  for (const part of [delta("a"), delta("b"), delta("c", "1"), { type: "reasoning-delta" as const, id: "1", delta: "d" }])
    merger.push(part);
  merger.flush();
  expect(parts).toEqual([delta("a"), delta("b"), delta("c", "1"), { type: "reasoning-delta", id: "1", delta: "d" }]);
});

test("any other part comes after the deltas before it", () => {
  const { parts, merger } = collect();
  merger.push(delta("a"));
  merger.push(delta("b"));
  merger.push({ type: "text-end", id: "0" });
  expect(parts).toEqual([delta("a"), delta("b"), { type: "text-end", id: "0" }]);
});

test("a delta with metadata of its own stays alone", () => {
  const { parts, merger } = collect();
  const signed: LanguageModelV4StreamPart = {
    type: "reasoning-delta",
    id: "0",
    delta: "",
    providerMetadata: { anthropic: { signature: "s" } },
  };
  merger.push({ type: "reasoning-delta", id: "0", delta: "a" });
  merger.push({ type: "reasoning-delta", id: "0", delta: "b" });
  merger.push(signed);
  expect(parts.at(-1)).toEqual(signed);
  expect(parts).toHaveLength(3);
});

test("nothing comes after a drop", async () => {
  const { parts, merger } = collect();
  merger.push(delta("a"));
  merger.push(delta("b"));
  merger.drop();
  await sleep(30);
  expect(parts).toEqual([delta("a")]);
});
