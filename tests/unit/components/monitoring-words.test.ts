import { describe, expect, test } from "vitest";
import { pointText } from "@/components/monitoring/time-text";
import { changeText, unitText } from "@/components/monitoring/unit-text";
import { viewHref } from "@/components/monitoring/view-href";
import { viewQuery } from "@/lib/monitoring/overview/contract";

describe("a value for people", () => {
  test.each([
    [812.4, "ms", "812 ms"],
    [1_250, "ms", "1.25 s"],
    [90_000, "ms", "1.5 min"],
    [0.0042, "usd", "$0.0042"],
    [23.1588, "usd", "$23.16"],
    [12_000, "count", "12,000"],
    [0.027, "share", "2.7 %"],
    [null, "ms", "–"],
  ] as const)("%s in %s is %s", (value, unit, text) => expect(unitText(value, unit)).toBe(text));

  test.each([
    [112, 100, "+12 %"],
    [97, 100, "−3 %"],
    [100.2, 100, "±0 %"],
    [850, 50, "×17"],
    [5, 0, null],
    [null, 5, null],
  ])("%s beside %s is %s", (value, before, text) => expect(changeText(value, before)).toBe(text));
});

test("a point is named by the reader's clock, on both sides of a change of the clocks", () => {
  const at = (from: string) => pointText(from, { step: "hour", timeZone: "Europe/Berlin" }).label;
  expect([at("2026-10-25T00:00:00Z"), at("2026-10-25T01:00:00Z"), at("2026-10-25T02:00:00Z")].map((label) => label.slice(-5))).toEqual([
    "02:00",
    "02:00",
    "03:00",
  ]);
});

describe("a view as a link", () => {
  test("is read back as it was, and what is usual is left out", () => {
    const view = viewQuery.parse({ range: "7d", by: "model", model: "ollama/llama3.2:3b & more", key: "" });
    const href = viewHref("/monitoring", view);
    expect(viewQuery.parse(Object.fromEntries(new URL(href, "http://localhost").searchParams))).toEqual(view);
    expect(viewHref("/monitoring", viewQuery.parse({}))).toBe("/monitoring");
    expect(viewHref("/monitoring", view, { by: null, model: null, key: null, range: "24h" })).toBe("/monitoring");
  });

  test("shows something whatever it holds", () => {
    const odd = { range: "1y", from: "yesterday", by: ["model", "user"], model: "", cursor: "x".repeat(600) };
    expect(viewQuery.parse(odd)).toEqual({ range: "24h" });
  });
});
