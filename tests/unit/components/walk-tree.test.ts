import { expect, test } from "vitest";
import { shownSpans, walkTree } from "@/components/monitoring/traces/walk-tree";

const span = (id: string, depth: number, parentId: string | null = null) => ({ id, depth, parentId });
const tree = [span("run", 0), span("step", 1, "run"), span("call", 2, "step"), span("host", 3, "call"), span("end", 1, "run")];
const go = (from: string, key: string, folded: string[] = []) => walkTree(tree, new Set(folded), { from, key });

test("arrow keys walk the spans that are seen, in and out of their parts", () => {
  expect(go("run", "ArrowDown")).toEqual({ focus: "step" });
  expect(go("step", "ArrowDown", ["step"])).toEqual({ focus: "end" });
  expect(go("end", "ArrowUp", ["step"])).toEqual({ focus: "step" });
  expect(go("end", "ArrowDown")).toBeNull();
  expect(go("run", "End")).toEqual({ focus: "end" });
  expect(go("host", "Home")).toEqual({ focus: "run" });
  expect(go("host", "ArrowLeft")).toEqual({ focus: "call" });
  expect(go("call", "ArrowLeft")).toEqual({ fold: "call" });
  expect(go("call", "ArrowLeft", ["call"])).toEqual({ focus: "step" });
  expect(go("call", "ArrowRight", ["call"])).toEqual({ unfold: "call" });
  expect(go("call", "ArrowRight")).toEqual({ focus: "host" });
  expect(go("host", "ArrowRight")).toBeNull();
  expect(go("run", "a")).toBeNull();
});

test("what is below a folded span is not seen, also where that holds folded spans", () => {
  const ids = (folded: string[]) => shownSpans(tree, new Set(folded)).map(({ id }) => id);
  expect(ids([])).toEqual(["run", "step", "call", "host", "end"]);
  expect(ids(["step", "call"])).toEqual(["run", "step", "end"]);
  expect(ids(["run"])).toEqual(["run"]);
});
