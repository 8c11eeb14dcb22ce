import { beforeEach, expect, test } from "vitest";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { embed } from "@/lib/gateway/embeddings/embed";
import { withEnvironment } from "../../support/accounts";
import { aUser } from "../../support/chat";
import { ask } from "../../support/gateway";
import { storedSpans } from "../../support/trace-tree";
import { inBulk, sharedModel, withTwoHosts } from "../../support/two-hosts";

const hosts = withTwoHosts();
beforeEach(async () => {
  await storedSpans();
  clearProcessGlobal("span-queue");
});

/** The spans of calls made since `from`, by kind. */
async function spansSince(from: Date) {
  const all = (await storedSpans()).filter(({ startedAt }) => startedAt >= from);
  return (kind: string) => all.filter((span) => span.kind === kind);
}

test("a call's wait in line and the time at its host after it are parts of it; one that is answered at once is one span", async () => {
  await hosts.allowParallel(1);
  await hosts.allowParallel(1, "environment-ollama-2");
  for (const host of [hosts.first, hosts.second]) await host.behave({ firstTokenMs: 60 });
  const from = new Date();
  await inBulk(3);
  const of = await spansSince(from);
  expect([of("model").length, of("attempt").length, of("queue").length]).toEqual([3, 1, 1]);
  const [wait] = of("queue");
  const call = of("model").find(({ id }) => id === wait?.parentId);
  expect(Number(wait?.endedAt) - Number(wait?.startedAt)).toBeGreaterThanOrEqual(40);
  expect(call?.attributes["hearth.queue.wait_ms"]).toBeGreaterThanOrEqual(40);
  const [attempt] = of("attempt");
  expect(attempt?.parentId).toBe(call?.id);
  expect(Number(attempt?.endedAt) - Number(attempt?.startedAt)).toBeGreaterThanOrEqual(55);
  for (const { attributes } of [...of("model"), ...of("attempt")]) expect(attributes["hearth.first_token_ms"]).toBeGreaterThanOrEqual(55);
});

test("each try of a call that needed several is a part of it", async () => {
  await hosts.first.behave({ misbehave: "server-error" });
  await hosts.second.behave({ misbehave: "server-error" });
  const from = new Date();
  expect((await ask(sharedModel, { prompt: "Hello" })).record).toMatchObject({ outcome: "failed" });
  await hosts.first.behave({ misbehave: undefined });
  await hosts.second.behave({ misbehave: undefined });
  const of = await spansSince(from);
  expect(of("attempt").length).toBeGreaterThanOrEqual(2);
  for (const { parentId, status } of of("attempt")) expect([parentId, status]).toEqual([of("model")[0]?.id, "error"]);
});

test("a call that the cache answers shows the look-up and no host", async () => {
  await hosts.setModel(sharedModel, { cacheAlways: true });
  const options = { prompt: "Something new.", context: { userId: await aUser(), isCollected: true } };
  const from = new Date();
  await ask(sharedModel, options);
  await ask(sharedModel, options);
  const of = await spansSince(from);
  expect(of("cache").map(({ attributes }) => attributes["hearth.cache"])).toEqual(["miss", "hit"]);
  expect(of("model").map(({ attributes }) => attributes["hearth.cache"])).toEqual(["miss", "hit"]);
  expect(of("attempt")).toHaveLength(0);
});

test("a call for vectors is a trace of its own", async () => {
  const from = new Date();
  await embed(sharedModel, ["a"], { userId: null, purpose: "embedding" });
  const of = await spansSince(from);
  expect(of("embedding").at(-1)).toMatchObject({ status: "ok", parentId: null, name: "Embedding" });
  expect(of("embedding").at(-1)?.input).toBeNull();
});

test("of what vectors are made of as much is kept as of prompts, where it is kept at all", async () => {
  withEnvironment({ HEARTH_TRACE_CONTENT: "on" });
  clearProcessGlobal("trace-settings");
  const from = new Date();
  await embed(sharedModel, ["sweet", "x".repeat(20_000), "left out"], { userId: null, purpose: "embedding" });
  const input = (await spansSince(from))("embedding").at(-1)?.input ?? "";
  withEnvironment({ HEARTH_TRACE_CONTENT: undefined });
  clearProcessGlobal("trace-settings");
  expect(input).toMatch(/^\["sweet","x{100}/);
  expect(input).not.toContain("left out");
  expect(input.length).toBeLessThan(16_100);
});
