import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { eventually } from "@/tests/support/api-client";
import { terminalsForTest } from "@/tests/support/terminals";

const terminals = terminalsForTest();

test("a flood goes no faster than it is drawn, takes little memory, and Ctrl-C ends it at once", async () => {
  const viewer = terminals.view(await terminals.begin());
  await viewer.notice("screen");
  viewer.type("echo ready\r");
  await viewer.shows("ready");
  global.gc?.();
  const before = process.memoryUsage();
  viewer.type("yes flood-of-lines\r");
  await eventually(async () => viewer.receivedBytes() > 20_000_000, 25_000);
  const after = process.memoryUsage();
  expect(after.arrayBuffers - before.arrayBuffers, "what waits in buffers").toBeLessThan(30_000_000);
  const pressedAt = performance.now();
  viewer.type("\x03");
  viewer.type("echo now-''quiet\r");
  await viewer.shows("now-quiet");
  expect(performance.now() - pressedAt).toBeLessThan(10_000);
});

test("a flood that takes longer to draw than to write piles up nowhere: who attaches sees the screen soon, and Ctrl-C ends it", async () => {
  const id = await terminals.begin();
  const viewer = terminals.view(id);
  viewer.type("echo ready; sleep 0.5; yes $(printf '\\033[24L\\033[24L\\033[24L\\033[24L')\r");
  await viewer.shows("ready");
  viewer.close();
  await sleep(6_000);
  const attachedAt = performance.now();
  const next = terminals.view(id);
  next.type("\x03");
  next.type("clear; echo now-''quiet\r");
  await next.shows(/now-quiet/);
  expect(performance.now() - attachedAt).toBeLessThan(15_000);
});

test("a viewer that draws nothing holds a program up for two seconds and no longer, and is right again when it draws", async () => {
  const id = await terminals.begin();
  const stuck = terminals.view(id, { acks: false });
  await stuck.notice("screen");
  const startedAt = performance.now();
  stuck.type("yes 0123456789012345678901234567890123456789 | head -n 150000; echo do''ne\r");
  await eventually(async () => stuck.receivedBytes() > 384 * 1024);
  const other = terminals.view(id);
  await other.shows("done", 15_000);
  expect(performance.now() - startedAt).toBeGreaterThan(1_500);
  expect(stuck.receivedBytes(), "what is sent to one that does not draw").toBeLessThan(2_000_000);
  expect(stuck.text()).not.toContain("done");
  stuck.ack(stuck.receivedBytes());
  await stuck.shows("done");
});
