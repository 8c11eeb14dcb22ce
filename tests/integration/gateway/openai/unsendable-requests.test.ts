import { afterAll, beforeAll, expect, test } from "vitest";
import { breakerStates } from "@/lib/gateway/failover/breaker-states";
import { fakeAnthropic } from "@/tests/support/fake-anthropic";
import { fakeGoogle } from "@/tests/support/fake-google";
import type { FakeHost } from "@/tests/support/fake-host";
import { openaiHearth } from "@/tests/support/openai-hearth";

const messages = [{ role: "user", content: "Count." }];
const model = "anthropic/claude-sonnet-4-5";
const response_format = { type: "json_schema", json_schema: { name: "point", schema: { anyOf: "x" } } };

let google: FakeHost;
let anthropic: FakeHost;
let hearth: Awaited<ReturnType<typeof openaiHearth>>;
beforeAll(async () => {
  [google, anthropic] = await Promise.all([fakeGoogle({ tokens: 3 }), fakeAnthropic({ tokens: 3 })]);
  hearth = await openaiHearth({
    ...{ GOOGLE_GENERATIVE_AI_BASE_URL: `${google.url}/v1beta`, GOOGLE_GENERATIVE_AI_API_KEY: "g-test" },
    ...{ ANTHROPIC_BASE_URL: anthropic.url, ANTHROPIC_API_KEY: "sk-ant" },
  });
});
afterAll(async () => {
  await hearth.close();
  await Promise.all([google.close(), anthropic.close()]);
});

test("a request that no host of the kind can be asked is its caller's 400, and closes the model to nobody", async () => {
  for (let call = 0; call < 6; call++) {
    const response = await hearth.call("/chat/completions", { model, messages, response_format, stream: call % 2 === 0 });
    expect(response.status).toBe(400);
    const message = expect.stringContaining("The request cannot be put to claude-sonnet-4-5 on anthropic");
    expect(await response.json()).toEqual({ error: { type: "invalid_request_error", code: null, param: null, message } });
  }
  expect(anthropic.chats).toHaveLength(0);
  expect(breakerStates().filter(({ state }) => state !== "closed")).toEqual([]);
  expect((await hearth.call("/chat/completions", { model, messages })).status).toBe(200);
});

test("instructions in mid-conversation reach Google as turns in their place", async () => {
  const conversation = [
    { role: "system", content: "Be kind." },
    { role: "developer", content: "Be brief." },
    { role: "user", content: "Hello" },
    { role: "assistant", content: "Hi." },
    { role: "system", content: "Now count." },
    { role: "user", content: "Go." },
  ];
  expect((await hearth.call("/chat/completions", { model: "google/gemini-2.5-flash", messages: conversation })).status).toBe(200);
  expect(google.chats[0]?.body).toMatchObject({
    systemInstruction: { parts: [{ text: "Be kind." }, { text: "Be brief." }] },
    contents: [
      { role: "user", parts: [{ text: "Hello" }] },
      { role: "model", parts: [{ text: "Hi." }] },
      { role: "user", parts: [{ text: "Now count." }] },
      { role: "user", parts: [{ text: "Go." }] },
    ],
  });
});

test("such a request does not pass for a host that is well again", async () => {
  await anthropic.behave({ misbehave: "garbage" });
  const ask = (more?: object) => hearth.call("/chat/completions", { model, messages, ...more });
  for (let call = 0; call < 5; call++) await ask();
  const breaker = () => breakerStates().find((state) => state.model === model);
  expect(breaker()).toMatchObject({ state: "open" });
  await expect.poll(() => Date.now() > (breaker()?.until?.getTime() ?? 0), { timeout: 3_000 }).toBe(true);
  expect((await ask({ response_format })).status).toBe(400);
  expect(breaker()).toMatchObject({ state: "open" });
});
