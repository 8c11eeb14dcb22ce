import { describe, expect, test } from "vitest";
import type { Misbehaviour } from "@/tests/support/fake-protocol";
import { ask } from "@/tests/support/gateway";
import { inBulk, seeHosts, sharedModel, withTwoHosts } from "@/tests/support/two-hosts";

const id = sharedModel;
/** For hosts that hang: long enough for a well one on a busy machine. */
const impatient = { HEARTH_FIRST_TOKEN_TIMEOUT_MS: "1000", HEARTH_COLD_LOAD_TIMEOUT_MS: "1000" };
const hosts = withTwoHosts();

describe("before the first token the next host answers, and the caller sees nothing of", () => {
  const misbehaviours: Misbehaviour[] = [
    "refuse",
    "reject-key",
    "no-model",
    "rate-limit",
    "server-error",
    "unavailable",
    "hang-before-headers",
    "hang-after-headers",
    "error-under-200",
    "empty",
    "endless-line",
    "huge-chunk",
    "wrong-content-type",
    "garbage",
  ];
  test.each(misbehaviours)("%s", async (misbehave) => {
    if (misbehave.startsWith("hang")) await seeHosts([hosts.first, hosts.second], impatient);
    await hosts.first.behave({ misbehave });
    const { failure, text, record } = await ask(id);
    expect({ failure, text }).toEqual({ failure: undefined, text: expect.stringMatching(/^tok0 .*tok9 $/) });
    expect(record).toMatchObject({ upstream: "ollama-2", attempts: 2, outcome: "complete", model: id });
    if (misbehave.startsWith("hang")) await expect(hosts.first.closedByClient()).resolves.toBe(true);
  });
});

test.each<Misbehaviour>(["drop-mid-stream", "error-mid-stream"])(
  "%s keeps what was written, hides nothing, and going on with it is for another host",
  async (misbehave) => {
    await hosts.first.behave({ misbehave });
    const context = { conversationId: `c-${misbehave}` };
    expect(await ask(id, { context })).toMatchObject({ failure: { reason: "broke_off" }, text: "tok0 tok1 tok2 tok3 tok4 " });
    expect(hosts.second.chats).toHaveLength(0);
    expect(await ask(id, { context })).toMatchObject({ failure: undefined, record: { upstream: "ollama-2", attempts: 1 } });
  },
);

test("a host that announces more than it sends has still answered when its end marker came", async () => {
  await seeHosts([hosts.first]);
  await hosts.first.behave({ misbehave: "promises-more" });
  const { failure, text, tookMs } = await ask(id);
  expect({ failure, text }).toEqual({ failure: undefined, text: expect.stringMatching(/tok9 $/) });
  expect(tookMs).toBeLessThan(3_500);
});

test("a host that announces less than it sends broke off there", async () => {
  await hosts.first.behave({ misbehave: "promises-less" });
  const { failure, text } = await ask(id);
  expect(text).toMatch(/^tok0 /);
  expect(failure).toMatchObject({ reason: "broke_off" });
});

test("a slow host is waited for", async () => {
  await hosts.first.behave({ firstTokenMs: 250 });
  expect(await ask(id)).toMatchObject({ failure: undefined, record: { upstream: "ollama", attempts: 1 } });
});

test("a stop while other hosts are still to be asked ends the call at once", async () => {
  await hosts.first.behave({ misbehave: "hang-before-headers" });
  const stop = new AbortController();
  const asking = ask(id, { abortSignal: stop.signal }).catch((error) => error);
  await expect.poll(() => hosts.first.chats.length).toBe(1);
  stop.abort(new Error("stopped"));
  expect(await asking).toMatchObject({ message: "stopped" });
  await expect(hosts.first.closedByClient()).resolves.toBe(true);
  expect(hosts.second.chats).toHaveLength(0);
});

test("a host that is killed under fifty calls fails none that had no token yet", async () => {
  for (const host of [hosts.first, hosts.second]) await host.behave({ firstTokenMs: 120, tokens: 20, intervalMs: 5 });
  const asking = inBulk(50);
  await expect.poll(() => hosts.first.chats.length).toBeGreaterThan(1);
  await hosts.first.behave({ misbehave: "refuse" });
  const later = inBulk(10);
  const answers = [...(await asking), ...(await later)];
  expect(answers.filter(({ failure, text }) => failure && text === "").map(({ failure }) => failure?.message)).toEqual([]);
  expect(answers.filter(({ failure }) => failure === undefined).length).toBeGreaterThanOrEqual(40);
  expect(answers.some(({ record }) => (record?.attempts ?? 0) > 1)).toBe(true);
});
