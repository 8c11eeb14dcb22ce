import { afterAll, beforeAll, expect, test } from "vitest";
import { startRun } from "@/lib/chat/start-run";
import { aUser, bootChat, chunksOfRun, lastMessageOf } from "@/tests/support/chat";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { aBudget, forgetPolicy, pricedModel } from "@/tests/support/policy";

const free = "ollama/llama3.2:3b";

let hosts: FakeHost[];
let app: Awaited<ReturnType<typeof bootChat>>;
beforeAll(async () => {
  hosts = [
    await fakeOllama({ models: [{ name: "llama3.2:3b", capabilities: ["completion", "tools"] }] }),
    await fakeOpenai({ models: [{ name: "gpt-5.4" }] }),
  ];
  const [ollama, openai] = hosts.map(({ url }) => url);
  forgetPolicy();
  app = await bootChat("embedded", {
    OLLAMA_BASE_URL: ollama ?? "",
    OPENAI_BASE_URL: `${openai}/v1`,
    OPENAI_API_KEY: "sk-test",
    HEARTH_ROUTE_PREFERENCE: "best",
  });
});
afterAll(async () => {
  await app.close();
  for (const host of hosts) await host.close();
});

test("what a chat's model is told of tools counts for the budget before `auto` chooses, as it does afterwards", async () => {
  const answered = async (tools: "auto" | "none") => {
    const ownerId = await aUser();
    // Room for the longest reply and a short prompt.
    await aBudget({ subjectKind: "user", subjectId: ownerId, limitUsd: 0.0018 });
    const run = await startRun({ ownerId, text: "Tell me about tea.", options: { model: "auto", maxTokens: 100, tools } });
    await chunksOfRun({ ...run, ownerId });
    return (await lastMessageOf({ ...run, ownerId })).metadata;
  };
  expect(await answered("none")).toMatchObject({ status: "complete", model: pricedModel });
  const { route, ...metadata } = (await answered("auto")) ?? {};
  expect(metadata).toMatchObject({ status: "complete", model: free });
  expect(route?.why).not.toContain("did not answer");
});
