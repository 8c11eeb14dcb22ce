import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { modelSettings } from "@/db/schema/gateway";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { closeAgents } from "@/lib/gateway/host-agents";
import { listModels } from "@/lib/gateway/list-models";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { allLanes } from "@/lib/gateway/queue/lane";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { ask, bootGateway } from "@/tests/support/gateway";
import { anyKey } from "@/tests/support/two-hosts";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  gateway = await bootGateway({ HEARTH_FIRST_TOKEN_TIMEOUT_MS: "200" });
});
afterEach(async () => {
  await closeAgents();
  for (const close of closing.splice(0)) await close();
});
afterAll(() => gateway.close());

test("a host that is tried again and hangs over a whole reply holds nobody up while another is well", async () => {
  const hosts = [await fakeOpenai({ models: [{ name: "m" }] }), await fakeOpenai({ models: [{ name: "m" }] })] as const;
  closing.push(...hosts.map((host) => host.close));
  const [first, second] = hosts;
  await addUpstream({ name: "vllm@a", kind: "openai-compatible", baseUrl: `${first.url}/v1` });
  await addUpstream({ name: "vllm@b", kind: "openai-compatible", baseUrl: `${second.url}/v1` });
  await gateway.database.db.insert(modelSettings).values({ modelId: "vllm/m", streaming: "never" });
  await loadModelSettings();
  await listModels();
  await first.behave({ misbehave: "garbage" });
  for (let call = 0; call < 5; call++) await ask("vllm/m", { context: { key: { ...anyKey, upstreams: ["vllm@a"] } } });
  const breaker = allLanes().find(({ hostName }) => hostName === "vllm@a")?.breaker;
  expect(breaker?.state).toBe("open");
  await first.behave({ misbehave: "hang-before-headers" });
  await expect.poll(() => breaker?.admits, { timeout: 4_000 }).toBe(true);
  expect(await ask("vllm/m")).toMatchObject({ failure: undefined, record: { upstream: "vllm@b", attempts: 2 } });
  expect([first.chats.length, second.chats.length]).toEqual([6, 1]);
}, 15_000);
