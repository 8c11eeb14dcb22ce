import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const workflow = readFileSync(".github/workflows/ci.yml", "utf8");

test("the workflow leaves .ci/run the time that its own limits allow, so that these tell what took too long", () => {
  const limitsS = [...readFileSync(".ci/run", "utf8").matchAll(/^ *timeout (\d+) /gm)].map(([, seconds]) => Number(seconds));
  const allowedMinutes = Number(workflow.match(/timeout-minutes: (\d+)/)?.[1]);
  expect(limitsS.length).toBe(3);
  expect(allowedMinutes * 60).toBeGreaterThan(limitsS.reduce((sum, seconds) => sum + seconds, 120));
});

test("it runs on the oldest Node that package.json promises, and on the one that the scripts bring", () => {
  const { engines, dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const oldest = engines.node.match(/\d+/)[0];
  const own = dependencies.node.match(/\d+/)[0];
  expect(workflow).toContain(`node: [${oldest}, ${own}]`);
});
