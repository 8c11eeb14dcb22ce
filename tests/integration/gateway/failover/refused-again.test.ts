import { afterAll, beforeAll, expect, test } from "vitest";
import { breakerStates } from "@/lib/gateway/failover/breaker-states";
import { listModels } from "@/lib/gateway/list-models";
import type { FakeHost } from "../../../support/fake-host";
import { fakeOllama } from "../../../support/fake-ollama";
import { ask, bootGateway } from "../../../support/gateway";

const id = "ollama/llama3.2:3b";
let host: FakeHost;
let gateway: Awaited<ReturnType<typeof bootGateway>>;

beforeAll(async () => {
  host = await fakeOllama({ tokens: 10 });
  gateway = await bootGateway({ OLLAMA_BASE_URL: host.url });
  await listModels();
});
afterAll(async () => {
  await gateway.close();
  await host.close();
});

test("a host that was left alone for refusing connections is asked as soon as it accepts them, and not before", async () => {
  await host.behave({ misbehave: "refuse" });
  for (let call = 0; call < 5; call++) expect(await ask(id)).toMatchObject({ failure: { reason: "host_refused" } });
  expect(breakerStates()).toMatchObject([{ state: "open" }]);
  await host.behave({ misbehave: undefined });
  expect(breakerStates()).toMatchObject([{ state: "open" }]);
  expect(await ask(id)).toMatchObject({ failure: undefined });
  expect(breakerStates()).toMatchObject([{ state: "closed" }]);
});
