import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { hostSettings, modelSettings } from "@/db/schema/gateway";
import { closeAgents } from "@/lib/gateway/host-agents";
import { loadHostSettings } from "@/lib/gateway/host-settings";
import { listModels } from "@/lib/gateway/list-models";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import type { FakeHost } from "./fake-host";
import { fakeOllama } from "./fake-ollama";
import { ask, bootGateway, setHosts } from "./gateway";

/** The model that both hosts have. */
export const sharedModel = "ollama/llama3.2:3b";

/** A key that may do everything, for tests that take something from it. */
export const anyKey = { id: "k", scopes: [], models: null, upstreams: null, cache: "off" as const, similarity: null, sharesCache: false };

/** Asks the shared model many times at once. */
export const inBulk = (count: number, options?: Parameters<typeof ask>[1]) =>
  Promise.all(Array.from({ length: count }, () => ask(sharedModel, options)));

/** Makes these the only hosts, in this order, and lets them be seen while they are well, as in life. */
export async function seeHosts(hosts: FakeHost[], limits: Record<string, string> = {}): Promise<void> {
  setHosts({ OLLAMA_BASE_URL: hosts.map(({ url }) => url).join(","), ...limits });
  await listModels();
}

/** For each test of the file: a gateway with two new fake Ollamas, `ollama` and `ollama-2`, and nothing set for hosts or models. */
export function withTwoHosts() {
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  let hosts: [FakeHost, FakeHost];
  beforeAll(async () => {
    gateway = await bootGateway({});
  });
  beforeEach(async () => {
    hosts = await Promise.all([fakeOllama({ tokens: 10 }), fakeOllama({ tokens: 10 })]);
    await seeHosts(hosts);
  });
  afterEach(async () => {
    for (const table of [hostSettings, modelSettings]) await gateway.database.db.delete(table);
    await Promise.all([loadHostSettings(), loadModelSettings()]);
    await Promise.all(hosts.map((host) => host.close()));
    await closeAgents();
  });
  afterAll(() => gateway.close());

  return {
    get first() {
      return hosts[0];
    },
    get second() {
      return hosts[1];
    },
    /** Sets what an admin can set for a model. */
    async setModel(modelId: string, settings: Partial<typeof modelSettings.$inferInsert>) {
      await gateway.database.db.insert(modelSettings).values({ modelId, ...settings });
      await loadModelSettings();
    },
    /** Sets how many calls a host gets at once. */
    async allowParallel(count: number, hostId = "environment-ollama") {
      await gateway.database.db.insert(hostSettings).values({ hostId, maxParallel: count });
      await loadHostSettings();
    },
  };
}
