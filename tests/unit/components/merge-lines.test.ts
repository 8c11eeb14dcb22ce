import { expect, test } from "vitest";
import { maxLines, mergeLines } from "@/components/monitoring/logs/merge-lines";
import type { LogLine } from "@/lib/monitoring/logs/contract";

const nobody = { requestId: null, userId: null, runId: null };
const aLine = (second: number, id = `${second}`): LogLine => ({
  ...{ id, at: new Date(second * 1_000).toISOString(), instanceId: "one", level: 30, text: "", rest: {} },
  ...nobody,
});
const ids = (lines: LogLine[]) => lines.map(({ id }) => id);

test("lines of several processes are in the order of their time, whichever came first, each once", () => {
  const shown = mergeLines([aLine(5), aLine(3)], [aLine(4), aLine(6), aLine(5)]);
  expect(ids(shown)).toEqual(["6", "5", "4", "3"]);
  expect(mergeLines(shown, [aLine(4)])).toBe(shown);
});

test("lines of one millisecond keep their order", () => {
  expect(ids(mergeLines([aLine(1, "a")], [aLine(1, "c"), aLine(1, "b")]))).toEqual(["c", "b", "a"]);
});

test("the oldest go when there are more than a page holds", () => {
  const many = Array.from({ length: maxLines }, (_, index) => aLine(maxLines - index));
  const shown = mergeLines(many, [aLine(maxLines + 1)]);
  expect(shown).toHaveLength(maxLines);
  expect([shown[0]?.id, shown.at(-1)?.id]).toEqual([`${maxLines + 1}`, "2"]);
});
