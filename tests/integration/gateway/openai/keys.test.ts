import { afterAll, beforeAll, expect, test } from "vitest";
import { bearer } from "@/tests/support/accounts";
import { madeKey, revokeKey } from "@/tests/support/api-keys";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { openaiHearth } from "@/tests/support/openai-hearth";

const messages = [{ role: "user", content: "Count." }];
const models = [{ name: "shared:1b" }];

let ollama: FakeHost;
let openai: FakeHost;
let hearth: Awaited<ReturnType<typeof openaiHearth>>;
beforeAll(async () => {
  [ollama, openai] = await Promise.all([fakeOllama({ models }), fakeOpenai({ models })]);
  hearth = await openaiHearth({ OLLAMA_BASE_URL: ollama.url, OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_API_KEY: "sk-test" });
});
afterAll(async () => {
  await hearth.close();
  await Promise.all([ollama.close(), openai.close()]);
});

const callAs = (key: string, path: string, body?: object) => hearth.call(path, body, { headers: bearer(key) });

test.each([
  ["models", { models: ["openai/*"] }],
  ["hosts", { upstreams: ["openai"] }],
])("a name alone means the first model that the key's %s allow", async (_what, grant) => {
  const { key } = await madeKey(hearth.apiKey, grant);
  const listed = await (await callAs(key, "/models")).json();
  expect(listed.data.map(({ id }: { id: string }) => id)).toEqual(["auto", "openai/shared:1b"]);
  const answer = await callAs(key, "/chat/completions", { model: "shared:1b", messages });
  expect(await answer.json()).toMatchObject({ model: "openai/shared:1b" });
  expect(await (await callAs(hearth.apiKey, "/models/shared:1b")).json()).toMatchObject({ id: "ollama/shared:1b" });
});

test("a model of a host that the key may not ask is not there, in the list, by its id or in a call", async () => {
  const { key } = await madeKey(hearth.apiKey, { upstreams: ["openai"] });
  for (const answer of [
    await callAs(key, "/models/ollama/shared:1b"),
    await callAs(key, "/chat/completions", { model: "ollama/shared:1b", messages }),
  ]) {
    expect([answer.status, (await answer.json()).error.code]).toEqual([404, "model_not_found"]);
  }
  expect((await callAs(key, "/models/openai/shared:1b")).status).toBe(200);
});

test.each([
  ["/chat/completions", { messages }],
  ["/responses", { input: "Count." }],
])(
  "a stream of %s is cut off within seconds once its key is revoked, and the host works on for nobody",
  async (path, body) => {
    await ollama.behave({ tokens: 2_000, intervalMs: 20 });
    const { id, key } = await madeKey(hearth.apiKey);
    const response = await callAs(key, path, { model: "ollama/shared:1b", stream: true, ...body });
    const isClosed = ollama.afterTokens(2).then(() => {
      return revokeKey(hearth.apiKey, id).then(() => ollama.closedByClient(6_000));
    });
    const text = await response.text();
    expect(await isClosed).toBe(true);
    expect(text).toContain("tok1");
    expect(text).toContain('"code":"invalid_api_key"');
    expect(text).not.toContain("[DONE]");
    await ollama.behave({ tokens: 3, intervalMs: 0 });
  },
  15_000,
);
