import { expect, test } from "vitest";
import { sumUsage } from "@/lib/agent/nodes/finish";
import { aRecord } from "@/tests/support/policy";

const of = (...calls: Parameters<typeof aRecord>[0][]) => sumUsage({ calls: calls.map(aRecord), startedAt: 0 });

test("the host is that of the last call, and none when no host was asked", () => {
  expect(of({ upstream: "first" }, { upstream: "second" }).upstream).toBe("second");
  expect(of({ upstream: "none" }).upstream).toBeUndefined();
});

test("counts are estimates when those of one call are", () => {
  expect(of({}, { tokensEstimated: true }).tokensEstimated).toBe(true);
  expect(of({}, {}).tokensEstimated).toBeUndefined();
});
