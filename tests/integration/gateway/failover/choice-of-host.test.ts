import { describe, expect, test } from "vitest";
import { laneFacts } from "@/lib/gateway/routing/lane-facts";
import { ask } from "@/tests/support/gateway";
import { inBulk, seeHosts, sharedModel, withTwoHosts } from "@/tests/support/two-hosts";

const id = sharedModel;
const hosts = withTwoHosts();

describe("the choice of a host", () => {
  test("is the conversation's last when others are no better", async () => {
    await ask(id);
    await ask(id);
    const context = { conversationId: "conversation" };
    const { record } = await ask(id, { context });
    for (let turn = 0; turn < 5; turn++) {
      expect(await ask(id, { context })).toMatchObject({
        record: { upstream: record?.upstream, choice: expect.stringContaining("knows the conversation") },
      });
    }
  });

  test("is the least busy one, and says so", async () => {
    for (const host of [hosts.first, hosts.second]) await host.behave({ tokens: 30, intervalMs: 10 });
    const answers = await inBulk(8);
    const shares = ["ollama", "ollama-2"].map((name) => answers.filter(({ record }) => record?.upstream === name).length);
    expect(shares).toEqual([4, 4]);
    expect(answers[7]?.record?.choice).toMatch(/^loaded, 3 of \d+ busy/);
  });

  test("counts what a host does with other models", async () => {
    const models = ["llama3.2:3b", "other:1b"].map((name) => ({ name, loaded: true }));
    await hosts.first.behave({ models, tokens: 200, intervalMs: 20 });
    await seeHosts([hosts.first, hosts.second]);
    const stop = new AbortController();
    const busy = ask("ollama/other:1b", { abortSignal: stop.signal }).catch(() => undefined);
    await expect.poll(() => hosts.first.chats.length).toBe(1);
    expect(await ask(id)).toMatchObject({ record: { upstream: "ollama-2", choice: expect.stringContaining("0 of") } });
    stop.abort();
    await busy;
  });

  test("is the one that was fastest to its first token", async () => {
    await hosts.first.behave({ firstTokenMs: 400 });
    await ask(id);
    await ask(id);
    for (let call = 0; call < 3; call++) expect(await ask(id)).toMatchObject({ record: { upstream: "ollama-2" } });
    expect(laneFacts().firstTokenMs(id)).toBeLessThan(400);
  });

  test("keeps to the hosts that a key may use", async () => {
    const key = { id: "k", scopes: [], models: null, upstreams: ["ollama-2"], cache: "off" as const, similarity: null, sharesCache: false };
    for (let call = 0; call < 3; call++) expect(await ask(id, { context: { key } })).toMatchObject({ record: { upstream: "ollama-2" } });
    await hosts.second.behave({ misbehave: "reject-key" });
    expect(await ask(id, { context: { key } })).toMatchObject({ failure: { reason: "key_rejected" } });
    expect(await ask(id, { context: { key: { ...key, upstreams: [] } } })).toMatchObject({
      failure: { reason: "no_model", message: expect.stringMatching(/that this key may use/) },
    });
    expect(hosts.first.chats).toHaveLength(0);
  });

  test("spares a host that asked to be left alone, as long as another has the model", async () => {
    await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "60" });
    await ask(id);
    for (let call = 0; call < 5; call++) expect(await ask(id)).toMatchObject({ record: { upstream: "ollama-2", attempts: 1 } });
    expect(hosts.first.chats).toHaveLength(1);
  });
});
