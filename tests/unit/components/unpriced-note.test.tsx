import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { UnpricedNote } from "@/components/limits/unpriced-note";

const show = (unpriced: string[], budget?: Parameters<typeof UnpricedNote>[0]["budget"]) =>
  renderToStaticMarkup(<UnpricedNote unpriced={unpriced} budget={budget} />);

test("a budget of money names the models whose calls it cannot count, a few of many, and says what to do", () => {
  const html = show(["vllm/a", "vllm/b", "openai/new", "openai/newer", "google/x"]);
  expect(html).toContain("No price is known for vllm/a, vllm/b, openai/new and 2 more.");
  expect(html).toContain("does not stop them. Set a price under Settings → Models.");
  expect(html).not.toContain("openai/newer");
  expect(show([])).toBe("");
});

test("a budget for one model speaks of that one alone", () => {
  const unpriced = ["vllm/a", "vllm/b"];
  expect(show(unpriced, { subjectKind: "model", subjectId: "vllm/b" })).toContain("No price is known for vllm/b. Calls to it cost nothing");
  expect(show(unpriced, { subjectKind: "model", subjectId: "openai/gpt-5" })).toBe("");
  expect(show(unpriced, { subjectKind: "user", subjectId: "1" })).toContain("vllm/a, vllm/b.");
});
