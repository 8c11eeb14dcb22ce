import { expect, test } from "vitest";
import { firstState, forgotten, joined, listed, noted, opened, replaced, shown, unsplit } from "@/components/terminal/terminals-state";

const shell = (id: string) => ({ id, name: id, running: null, ended: null });
const [a, b, c] = [shell("a"), shell("b"), shell("c")];

test("what was shown last is shown again as far as it is there, else the terminal that began last", () => {
  expect(firstState([a, b, c], ["a", "gone", "b"])).toMatchObject({ panes: ["a", "b"], active: 0 });
  expect(firstState([a, b], ["gone"])).toMatchObject({ panes: ["b"] });
  expect(firstState([], ["gone"])).toEqual({ shells: [], panes: [], active: 0 });
});

test("a name shows its terminal in the active pane, or goes to the pane that has it", () => {
  const split = { shells: [a, b, c], panes: ["a", "b"], active: 1 };
  expect(shown(split, "c")).toMatchObject({ panes: ["a", "c"], active: 1 });
  expect(shown(split, "a")).toMatchObject({ panes: ["a", "b"], active: 0 });
});

test("a new terminal is the first, takes the active pane, or stands beside the one that is alone; never a third", () => {
  const one = opened({ shells: [], panes: [], active: 0 }, a);
  expect(one).toMatchObject({ panes: ["a"], active: 0 });
  const two = opened(one, b, "beside");
  expect(two).toMatchObject({ panes: ["a", "b"], active: 1 });
  expect(opened(two, c, "beside")).toMatchObject({ panes: ["a", "c"], active: 1 });
});

test("a terminal that was closed leaves its pane, and another is shown when it was alone", () => {
  expect(forgotten({ shells: [a, b], panes: ["a", "b"], active: 1 }, "b")).toEqual({ shells: [a], panes: ["a"], active: 0 });
  expect(forgotten({ shells: [a, b], panes: ["b"], active: 0 }, "b")).toEqual({ shells: [a], panes: ["a"], active: 0 });
  expect(forgotten({ shells: [a], panes: ["a"], active: 0 }, "a")).toEqual({ shells: [], panes: [], active: 0 });
});

test("one takes another's place, name and pane", () => {
  expect(replaced({ shells: [a, b], panes: ["a", "b"], active: 0 }, "a", c)).toEqual({ shells: [c, b], panes: ["c", "b"], active: 0 });
});

test("what the server lists counts, what becomes known is added, and a split ends with the active pane", () => {
  expect(listed({ shells: [a], panes: ["a"], active: 0 }, [b, c])).toEqual({ shells: [b, c], panes: ["c"], active: 0 });
  expect(noted({ shells: [a, b], panes: ["a"], active: 0 }, { id: "b", name: "build" }).shells[1]).toMatchObject({ name: "build" });
  expect(unsplit({ shells: [a, b], panes: ["a", "b"], active: 1 })).toMatchObject({ panes: ["b"], active: 0 });
});

test("a terminal that has begun elsewhere joins the others, and one that was closed here does not come back", () => {
  const state = { shells: [a], panes: ["a"], active: 0 };
  expect(joined(state, [a, b], new Set())).toEqual({ shells: [a, b], panes: ["a"], active: 0 });
  expect(joined(state, [a, b], new Set(["b"]))).toBe(state);
  expect(joined(state, [], new Set())).toBe(state);
  expect(joined({ shells: [], panes: [], active: 0 }, [a], new Set())).toEqual({ shells: [a], panes: ["a"], active: 0 });
  expect(opened(state, a)).toEqual(state);
});
