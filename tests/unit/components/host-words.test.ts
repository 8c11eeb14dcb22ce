import { expect, test } from "vitest";
import { parallelText } from "@/components/hosts/host-words";

test.each([
  [{ kind: "embedded", maxParallel: 1, maxParallelSource: "default" }, "1 call at once to a model · Default"],
  [{ kind: "ollama", maxParallel: 4, maxParallelSource: "found out" }, "4 calls at once to a model · Found out"],
  [{ kind: "ollama", maxParallel: null, maxParallelSource: "default" }, "As many calls at once to a model as it can take · Default"],
  [{ kind: "openai", maxParallel: null, maxParallelSource: "default" }, "Any number of calls at once to a model · Default"],
] as const)("%o reads as %s", (host, words) => {
  expect(parallelText(host)).toBe(words);
});
