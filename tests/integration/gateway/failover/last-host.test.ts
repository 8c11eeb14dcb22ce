import { beforeEach, describe, expect, test } from "vitest";
import type { Misbehaviour } from "@/tests/support/fake-protocol";
import { ask } from "@/tests/support/gateway";
import { inBulk, seeHosts, sharedModel, withTwoHosts } from "@/tests/support/two-hosts";

const id = sharedModel;
/** For hosts that hang: long enough for a well one on a busy machine. */
const impatient = { HEARTH_FIRST_TOKEN_TIMEOUT_MS: "1000", HEARTH_COLD_LOAD_TIMEOUT_MS: "1000" };
const hosts = withTwoHosts();

describe("the last host left", () => {
  beforeEach(() => seeHosts([hosts.first]));

  test.each<Misbehaviour>(["unavailable", "server-error", "rate-limit", "refuse", "error-under-200"])(
    "is asked again after %s",
    async (misbehave) => {
      await hosts.first.behave({ misbehave });
      const asking = ask(id);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await hosts.first.behave({ misbehave: undefined });
      expect(await asking).toMatchObject({ failure: undefined, record: { outcome: "complete" } });
    },
  );

  test("is not asked again after what will not pass", async () => {
    await seeHosts([hosts.first], impatient);
    for (const misbehave of ["reject-key", "no-model", "empty", "hang-before-headers"] as const) {
      await hosts.first.behave({ misbehave });
      expect(await ask(id)).toMatchObject({ record: { outcome: "failed", attempts: 1 } });
    }
  });

  test("gets the time it asks for with Retry-After, up to ten seconds", async () => {
    await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "1" });
    const asking = ask(id);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await hosts.first.behave({ misbehave: undefined });
    const { failure, tookMs } = await asking;
    expect(failure).toBeUndefined();
    expect(tookMs).toBeGreaterThanOrEqual(1_000);
    await hosts.first.behave({ misbehave: "unavailable", retryAfter: "30" });
    const refused = await ask(id);
    expect(refused).toMatchObject({ failure: { reason: "overloaded", retryAfterS: 30 }, record: { attempts: 1 } });
    expect(refused.tookMs).toBeLessThan(1_000);
  });

  test("is asked again by a tenth of the calls at most, whatever the load", async () => {
    await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "0" });
    const answers = await inBulk(100);
    expect(answers.every(({ failure }) => failure?.reason === "overloaded")).toBe(true);
    expect(hosts.first.chats.length).toBeGreaterThan(100);
    expect(hosts.first.chats.length).toBeLessThanOrEqual(100 + 10 + 10);
  });
});
