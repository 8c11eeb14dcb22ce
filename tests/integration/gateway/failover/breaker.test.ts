import { beforeEach, describe, expect, test } from "vitest";
import { breakerStates } from "@/lib/gateway/failover/breaker-states";
import { closeBreaker } from "@/lib/gateway/failover/close-breaker";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { checkDueHosts } from "@/lib/gateway/health-loop";
import { queueStates } from "@/lib/gateway/queue/queue-states";
import { ask } from "@/tests/support/gateway";
import { inBulk, seeHosts, sharedModel, withTwoHosts } from "@/tests/support/two-hosts";

const id = sharedModel;
const hosts = withTwoHosts();

describe("a breaker", () => {
  beforeEach(() => seeHosts([hosts.first]));
  const open = async () => {
    await hosts.first.behave({ misbehave: "garbage" });
    for (let call = 0; call < 5; call++) await ask(id);
    expect(breakerStates()).toMatchObject([{ hostId: "environment-ollama", model: id, state: "open", until: expect.any(Date) }]);
  };

  test("opens after five failures, says until when, asks nobody meanwhile, probes with one call and closes", async () => {
    await open();
    const { failure } = await ask(id);
    expect(failure).toMatchObject({ reason: "bad_reply", retryAfterS: 1 });
    expect(failure?.message).toMatch(/failed repeatedly with .* and is not asked again until \d\d:\d\d:\d\d UTC\. The last failure: /);
    expect(hosts.first.chats).toHaveLength(5);
    await hosts.first.behave({ misbehave: undefined, firstTokenMs: 100 });
    await expect.poll(() => Date.now() > (breakerStates()[0]?.until?.getTime() ?? 0), { timeout: 3_000 }).toBe(true);
    const probe = ask(id);
    await expect.poll(() => hosts.first.chats.length).toBe(6);
    expect(await ask(id)).toMatchObject({ failure: { message: expect.stringContaining("being tried again just now") } });
    expect(await probe).toMatchObject({ failure: undefined });
    expect(hosts.first.chats).toHaveLength(6);
    expect(breakerStates()).toMatchObject([{ state: "closed", until: null }]);
    expect(await ask(id)).toMatchObject({ failure: undefined });
  });

  test("does not take a reply that its reader left for a good one", async () => {
    await hosts.first.behave({ misbehave: "garbage" });
    for (let call = 0; call < 4; call++) await ask(id);
    await hosts.first.behave({ misbehave: "silence-mid-stream", tokens: 10 });
    const leave = () => {
      throw new Error("left");
    };
    await expect(ask(id, { onPart: leave })).rejects.toThrow("left");
    await hosts.first.behave({ misbehave: "garbage" });
    await ask(id);
    expect(breakerStates()).toMatchObject([{ state: "open" }]);
  });

  test("is closed by hand", async () => {
    await open();
    await hosts.first.behave({ misbehave: undefined });
    closeBreaker("environment-ollama", id);
    expect(await ask(id)).toMatchObject({ failure: undefined });
  });

  test("that refusals opened closes when the host's check finds it back", async () => {
    await hosts.first.behave({ misbehave: "refuse" });
    for (let call = 0; call < 6; call++) await ask(id);
    expect(breakerStates()).toMatchObject([{ state: "open" }]);
    await expect.poll(() => gatewayState().hosts.get("environment-ollama")?.state).toBe("down");
    await hosts.first.behave({ misbehave: undefined });
    for (const host of gatewayState().hosts.values()) host.nextCheckAt = 0;
    await checkDueHosts();
    expect(breakerStates()).toMatchObject([{ state: "closed" }]);
    expect(await ask(id)).toMatchObject({ failure: undefined });
  });

  test("sends those away who wait in line for a host that just opened it", async () => {
    await hosts.allowParallel(1);
    await hosts.first.behave({ misbehave: "garbage", firstTokenMs: 20 });
    const answers = await inBulk(12);
    expect(answers.every(({ failure }) => failure !== undefined)).toBe(true);
    expect(hosts.first.chats).toHaveLength(5);
    expect(queueStates()).toMatchObject([{ running: 0, waiting: 0 }]);
  });
});
