import { expect, test } from "vitest";
import { classify } from "@/lib/gateway/routing/classify";
import { kindOf } from "@/lib/gateway/routing/kind-of";
import type { RouteRequest } from "@/lib/gateway/routing/route-request";
import requests from "@/tests/fixtures/routing-requests.json";
import { aRequest } from "@/tests/support/routing";

type Labelled = Partial<RouteRequest> & { kind: string; text: string };

const right = (labelled: Labelled) => kindOf(aRequest(labelled)) === labelled.kind;
const share = (set: Labelled[]) => set.filter(right).length / set.length;

/** How often a request of one kind (the row) was taken for another (the column), as docs/routing.md shows it. */
function confusion(set: Labelled[]): string {
  const kinds = [...new Set(set.map(({ kind }) => kind))];
  const row = (kind: string) => {
    const of = set.filter((labelled) => labelled.kind === kind);
    return `| ${kind} | ${kinds.map((taken) => of.filter((labelled) => kindOf(aRequest(labelled)) === taken).length || "").join(" | ")} |`;
  };
  return [`| | ${kinds.join(" | ")} |`, ...kinds.map(row)].join("\n");
}

test("labelled requests that the cues were not made with are taken for what they are, three of four", () => {
  const { heldOut } = requests as { heldOut: Labelled[] };
  if (process.env.SHOW_CONFUSION) console.info(`${heldOut.length} requests, ${share(heldOut)}\n${confusion(heldOut)}`);
  expect(heldOut.length).toBeGreaterThanOrEqual(90);
  expect(share(heldOut)).toBeGreaterThanOrEqual(0.76);
});

test("those that the cues were made with are, nineteen of twenty", () => {
  const { tuning } = requests as { tuning: Labelled[] };
  expect(share(tuning)).toBeGreaterThanOrEqual(0.95);
});

test("a request that says nothing of itself is general, and not sure of it", () => {
  expect(classify("Tuesday's one, with the blue lid")).toMatchObject({ kind: "general", isSure: false });
  expect(classify("")).toMatchObject({ kind: "general", isSure: false });
});

test("what a very long text wants is read from its beginning and its end, not through", () => {
  const filler = "lorem ipsum dolor sit amet ".repeat(40_000);
  const startedAt = performance.now();
  expect(classify(`${filler}\nWrite a Python function that does this.`).kind).toBe("code");
  expect(performance.now() - startedAt).toBeLessThan(500);
});

const pieces = [
  "漢",
  "é",
  "a",
  "1",
  " ",
  "\n",
  "'{",
  "{a,",
  "a.",
  "a(",
  "é'",
  "1 ",
  "a b ",
  "漢 ",
  "ab_",
  "aB",
  '"',
  "`",
  "= ",
  "--a ",
  'File "',
  "\\sqrt(",
];

test.each(pieces)("a text of %j over and over is read in no time, also when it ends otherwise", (piece) => {
  const texts = ["", "1", "a?", "!", " x"].map((end) => piece.repeat(2_000).slice(0, 1_990) + end);
  const startedAt = performance.now();
  for (const text of texts) classify(text);
  // A pattern that backtracks takes seconds; the rest is for a machine that is busy.
  expect(performance.now() - startedAt).toBeLessThan(500);
});
