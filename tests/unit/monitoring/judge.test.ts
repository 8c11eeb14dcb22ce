import { expect, test } from "vitest";
import { judge } from "@/lib/monitoring/alerts/judge";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000);
const rule = { comparison: "above", threshold: 10, forS: 60, noData: "ok" } as const;
const pending = { state: "pending", startedAt: at(0) } as const;
const firing = { state: "firing", startedAt: at(0) } as const;

test.each([
  ["what does not hold raises nothing", rule, undefined, 10, 0, "nothing"],
  ["what holds is pending first", rule, undefined, 10.1, 0, "pend"],
  ["what has not held for long enough stays pending", rule, pending, 11, 59, "nothing"],
  ["what has held for long enough fires", rule, pending, 11, 60, "fire"],
  ["without a time to hold it fires at once", { ...rule, forS: 0 }, undefined, 11, 0, "fire"],
  ["one that fires goes on", rule, firing, 11, 600, "nothing"],
  ["one that fired is resolved", rule, firing, 10, 600, "resolve"],
  ["one that never fired is as if it had not been", rule, pending, 10, 30, "drop"],
  ["below is the other way round", { ...rule, comparison: "below" }, undefined, 9, 0, "pend"],
  ["no data is well", rule, undefined, null, 0, "nothing"],
  ["no data resolves", rule, firing, null, 0, "resolve"],
  ["no data may be an alert", { ...rule, noData: "alert" }, undefined, null, 0, "pend"],
  ["no data that is an alert keeps one firing", { ...rule, noData: "alert" }, firing, null, 99, "nothing"],
  ["no data may leave one firing", { ...rule, noData: "keep" }, firing, null, 99, "nothing"],
  ["no data may leave one pending, however long", { ...rule, noData: "keep" }, pending, null, 999, "nothing"],
  ["no data may leave nothing", { ...rule, noData: "keep" }, undefined, null, 99, "nothing"],
] as const)("%s", (_, given, active, value, seconds, verdict) => {
  expect(judge(given, active, { value, now: at(seconds) })).toBe(verdict);
});
