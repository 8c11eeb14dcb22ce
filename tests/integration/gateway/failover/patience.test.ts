import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { closeBreaker } from "@/lib/gateway/failover/close-breaker";
import { earnRetry, spendRetry } from "@/lib/gateway/failover/retry-budget";
import { listModels } from "@/lib/gateway/list-models";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { ask, setHosts } from "@/tests/support/gateway";
import { seeHosts, sharedModel, withTwoHosts } from "@/tests/support/two-hosts";

const id = sharedModel;
const hosts = withTwoHosts();

describe("a host that asks for patience", () => {
  beforeEach(async () => {
    await seeHosts([hosts.first]);
  });
  afterEach(() => {
    delete process.env.HEARTH_QUEUE_TIMEOUT_MS;
  });

  test("is not asked for as long: calls are refused at once with what is left of it, or answered by the next model", async () => {
    await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "60" });
    expect(await ask(id)).toMatchObject({ failure: { reason: "overloaded", retryAfterS: 60 }, record: { attempts: 1 } });
    await hosts.first.behave({ misbehave: undefined });
    const { failure, record } = await ask(id);
    expect({ failure, record }).toMatchObject({
      failure: { reason: "overloaded", message: expect.stringMatching(/asked to be left alone with .* for \d+ more seconds/) },
      record: { attempts: 0, outcome: "failed" },
    });
    expect(failure?.retryAfterS).toBeGreaterThan(50);
    expect(failure?.retryAfterS).toBeLessThanOrEqual(60);
    expect(hosts.first.chats).toHaveLength(1);
  });

  test("is asked at once when an admin says so", async () => {
    await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "60" });
    await ask(id);
    await hosts.first.behave({ misbehave: undefined });
    closeBreaker("environment-ollama", id);
    expect(await ask(id)).toMatchObject({ failure: undefined, record: { attempts: 1 } });
  });

  test("leaves a fallback its turn", async () => {
    const spare = await fakeOpenai({ models: [{ name: "gpt-5" }] });
    setHosts({ OLLAMA_BASE_URL: hosts.first.url, OPENAI_BASE_URL: spare.url });
    await listModels();
    await hosts.setModel(id, { fallbacks: ["openai/gpt-5"] });
    await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "60" });
    for (let call = 0; call < 2; call++) expect(await ask(id)).toMatchObject({ failure: undefined, record: { model: "openai/gpt-5" } });
    expect(hosts.first.chats).toHaveLength(1);
    await spare.close();
  });

  test("gets it from new calls too, which wait in line meanwhile at no cost to the budget for retries", async () => {
    await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "1" });
    while (spendRetry());
    expect(await ask(id)).toMatchObject({ failure: { reason: "overloaded", retryAfterS: 1 } });
    await hosts.first.behave({ misbehave: undefined });
    const places: number[] = [];
    const { failure, record } = await ask(id, { context: { onQueue: (place) => places.push(place) } });
    expect({ failure, record }).toMatchObject({ failure: undefined, record: { attempts: 1 } });
    expect(record?.queuedMs).toBeGreaterThan(500);
    expect(places).toEqual([1, 0]);
  });

  test("is waited for no longer than calls may stand in line", async () => {
    await seeHosts([hosts.first], { HEARTH_QUEUE_TIMEOUT_MS: "500" });
    await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "5" });
    while (spendRetry());
    await ask(id);
    const { failure, tookMs } = await ask(id);
    expect(failure).toMatchObject({ reason: "overloaded", message: expect.stringContaining("asked to be left alone") });
    expect(tookMs).toBeLessThan(400);
  });

  test("is not asked again before that because another may be", async () => {
    await seeHosts([hosts.first, hosts.second]);
    await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "9" });
    await hosts.second.behave({ misbehave: "unavailable" });
    expect(await ask(id)).toMatchObject({ failure: { reason: "overloaded" }, record: { attempts: 4 } });
    expect([hosts.first, hosts.second].map(({ chats }) => chats.length)).toEqual([1, 3]);
  });
});

test("each host that is asked again takes one retry out of the budget", async () => {
  for (const host of [hosts.first, hosts.second]) await host.behave({ misbehave: "unavailable" });
  clearProcessGlobal("gateway-retry-budget");
  while (spendRetry());
  // The call earns the tenth part itself.
  for (let earned = 0; earned < 9; earned++) earnRetry();
  expect(await ask(id)).toMatchObject({ failure: { reason: "overloaded" }, record: { attempts: 3 } });
  expect(hosts.first.chats.length + hosts.second.chats.length).toBe(3);
});
