import { expect, test } from "vitest";
import { RunLog } from "@/lib/chat/run-log";
import { storable } from "@/lib/chat/storable";

test("what Postgres cannot hold is taken out of text, keys and lists, and everything else stays as it is", () => {
  const given = { type: "tool-output-available", output: { "a\0": ["x\0y", "half \ud83d", "whole 😀", 1.5, null, true] } };
  expect(storable(given)).toEqual({ type: "tool-output-available", output: { a: ["xy", "half \ufffd", "whole 😀", 1.5, null, true] } });
});

test("a value nested so deeply that writing it as JSON would fail is cut", () => {
  let deep: unknown = "end";
  for (let level = 0; level < 50_000; level++) deep = [deep];
  expect(JSON.stringify(storable(deep))).toContain("nested too deeply");
});

test("a run's log holds nothing that Postgres would refuse, in chunks, in the message or at the end", () => {
  const log = new RunLog();
  log.append({ type: "text-delta", id: "t", delta: "a\0b\udfff" });
  log.seal([{ type: "error", errorText: "broken \ud800" }]);
  expect(log.unstored()?.chunks).toEqual([
    { type: "text-delta", id: "t", delta: "ab\ufffd" },
    { type: "error", errorText: "broken \ufffd" },
  ]);
  expect(log.builder.text()).toBe("ab\ufffd");
});
