import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Delta } from "@/lib/gateway/embedded/protocol";
import { deltaBatch } from "@/lib/gateway/embedded/worker/delta-batch";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first piece leaves at once, the rest of a display frame together", () => {
  const sent: Delta[][] = [];
  const batch = deltaBatch((deltas) => sent.push(deltas));
  batch.add("text", "a");
  expect(sent).toEqual([[{ kind: "text", text: "a" }]]);
  batch.add("text", "b");
  batch.add("text", "c");
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(16);
  expect(sent[1]).toEqual([{ kind: "text", text: "bc" }]);
});

test("reasoning and text stay apart and in order, nothing is lost at the end", () => {
  const sent: Delta[][] = [];
  const batch = deltaBatch((deltas) => sent.push(deltas));
  batch.add("reasoning", "a");
  batch.add("reasoning", "b");
  batch.add("text", "c");
  batch.add("text", "");
  batch.flush();
  batch.flush();
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([
    [{ kind: "reasoning", text: "a" }],
    [
      { kind: "reasoning", text: "b" },
      { kind: "text", text: "c" },
    ],
  ]);
});
