import { afterAll, beforeAll, expect, test } from "vitest";
import { subjectChoices } from "@/lib/gateway/limits/subject-choices";
import { listModelRows } from "@/lib/gateway/models/list-model-rows";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { bootGateway } from "@/tests/support/gateway";
import { theModel } from "@/tests/support/policy";

let hosts: FakeHost[];
let gateway: Awaited<ReturnType<typeof bootGateway>>;
beforeAll(async () => {
  hosts = [await fakeOllama(), await fakeOpenai({ models: [{ name: "gpt-5" }, { name: "unheard-of" }, { name: "unpaid" }] })];
  const [ollama, openai] = hosts.map(({ url }) => url);
  gateway = await bootGateway({ OLLAMA_BASE_URL: ollama ?? "", OPENAI_BASE_URL: `${openai}/v1`, OPENAI_API_KEY: "sk-test" });
});
afterAll(async () => {
  await gateway.close();
  for (const host of hosts) await host.close();
});

test("admins are told of each model that a budget of money cannot count, until they set a price, which may be nothing", async () => {
  expect((await subjectChoices()).unpriced).toEqual(["openai/unheard-of", "openai/unpaid"]);
  await theModel("openai/unpaid", { inputUsdPerMTok: 0 });
  expect((await subjectChoices()).unpriced).toEqual(["openai/unheard-of"]);
  const rows = await listModelRows();
  expect(rows.filter(({ lacksPrice }) => lacksPrice).map(({ model }) => model.id)).toEqual(["openai/unheard-of"]);
  expect(rows.map(({ model }) => model.id)).toContain("ollama/llama3.2:3b");
});
