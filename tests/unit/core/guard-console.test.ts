import console from "node:console";
import { afterAll, expect, test } from "vitest";
import { guardConsole } from "@/lib/core/guard-console";

const original = console.error;
afterAll(() => {
  console.error = original;
});

test("an error that a library prints by itself loses the values of a failed query, and so does what caused it", () => {
  const printed: unknown[][] = [];
  console.error = (...words: unknown[]) => void printed.push(words);
  guardConsole();
  const cause = new Error("Failed query: select 2\nparams: my second diary");
  const failure = Object.assign(new Error("Failed query: select 1\nparams: my diary", { cause }), { params: ["my diary"] });
  console.error("⨯", failure, { plain: true });
  const text = printed.flat().join("\n");
  expect(text).toContain("Failed query: select 1");
  expect(text).toContain("Failed query: select 2");
  expect(text).not.toContain("diary");
  expect(printed[0]?.[2]).toEqual({ plain: true });
});
