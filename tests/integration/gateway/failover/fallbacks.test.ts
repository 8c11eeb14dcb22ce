import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AnswerFacts } from "@/lib/gateway/call-record";
import { listModels } from "@/lib/gateway/list-models";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { ask, setHosts } from "@/tests/support/gateway";
import { anyKey, withTwoHosts } from "@/tests/support/two-hosts";

const hosts = withTwoHosts();

describe("a model that cannot answer", () => {
  const id = "ollama/small:1b";
  const other = "ollama/other:1b";
  const longer = "ollama/longer:1b";
  const models = [
    { name: "small:1b", contextLength: 2_048, loaded: true },
    { name: "other:1b", contextLength: 1_024, loaded: true },
    { name: "longer:1b", contextLength: 131_072, loaded: true },
  ];
  let spare: FakeHost;
  beforeEach(async () => {
    spare = await fakeOpenai({ models: [{ name: "gpt-5" }] });
    await hosts.first.behave({ models: models.slice(0, 1) });
    await hosts.second.behave({ models: models.slice(1) });
    setHosts({ OLLAMA_BASE_URL: `${hosts.first.url},${hosts.second.url}`, OPENAI_BASE_URL: spare.url });
    await listModels();
  });
  afterEach(() => spare.close());

  test("is stood in for by the first of its fallbacks that can, and the record says so", async () => {
    await hosts.setModel(id, { fallbacks: ["ollama/gone:1b", "nobody/nothing", "openai/gpt-5"] });
    await Promise.all([hosts.first, hosts.second].map((host) => host.behave({ misbehave: "server-error" })));
    const answers: AnswerFacts[] = [];
    const { failure, record, text } = await ask(id, { context: { onAnswer: (facts) => answers.push(facts) } });
    expect({ failure, text }).toEqual({ failure: undefined, text: expect.stringMatching(/^tok0 /) });
    expect(record).toMatchObject({ model: "openai/gpt-5", requestedModel: id, upstream: "openai", outcome: "complete" });
    expect(answers).toMatchObject([{ model: "openai/gpt-5", requestedModel: id, attempts: record?.attempts }]);
  });

  test("is stood in for by those that the call names while an admin has set none", async () => {
    await hosts.first.behave({ misbehave: "server-error" });
    const context = { fallbacks: [other, longer] };
    expect(await ask(id, { context })).toMatchObject({ record: { model: other, requestedModel: id } });
    await hosts.setModel(id, { fallbacks: ["openai/gpt-5"] });
    expect(await ask(id, { context })).toMatchObject({ record: { model: "openai/gpt-5", requestedModel: id } });
  });

  test("whose prompt is too long is stood in for only by a model that takes more", async () => {
    await hosts.setModel(id, { fallbacks: [other, longer] });
    await hosts.first.behave({ misbehave: "context-too-long" });
    expect(await ask(id)).toMatchObject({ failure: undefined, record: { model: longer, requestedModel: id } });
    expect(hosts.second.chats.map(({ body }) => body.model)).toEqual(["longer:1b"]);
  });

  test("is stood in for by one that reads images when it was shown one, also in an earlier turn", async () => {
    const seer = { name: "seer:1b", capabilities: ["completion", "vision"], loaded: true };
    await hosts.second.behave({ models: [...models.slice(1), seer] });
    setHosts({ OLLAMA_BASE_URL: `${hosts.first.url},${hosts.second.url}` });
    await listModels();
    await hosts.setModel(id, { fallbacks: [longer, "ollama/seer:1b"] });
    await hosts.first.behave({ misbehave: "reject-key" });
    const image = { type: "file" as const, mediaType: "image/png", data: { type: "data" as const, data: "iVBORw0KGgo=" } };
    const prompt: LanguageModelV4Prompt = [
      { role: "user", content: [image] },
      { role: "assistant", content: [{ type: "text", text: "A pixel." }] },
      { role: "user", content: [{ type: "text", text: "Which colour?" }] },
    ];
    expect(await ask(id, { prompt })).toMatchObject({ failure: undefined, record: { model: "ollama/seer:1b", requestedModel: id } });
    expect(hosts.second.chats.map(({ body }) => body.model)).toEqual(["seer:1b"]);
  });

  test("that its provider's rules keep from answering is stood in for", async () => {
    await hosts.setModel("openai/gpt-5", { fallbacks: [other] });
    for (const misbehave of ["refuses-by-policy", "refuses-prompt"] as const) {
      await spare.behave({ misbehave });
      expect(await ask("openai/gpt-5")).toMatchObject({ failure: undefined, record: { model: other, requestedModel: "openai/gpt-5" } });
    }
  });

  test("fails with its own failure when none of its fallbacks can answer, or the key may use none", async () => {
    await hosts.setModel(id, { fallbacks: ["openai/gpt-5"] });
    await hosts.first.behave({ misbehave: "reject-key" });
    const key = { ...anyKey, models: [id] };
    expect(await ask(id, { context: { key } })).toMatchObject({ failure: { reason: "key_rejected" } });
    expect(spare.chats).toHaveLength(0);
    await spare.behave({ misbehave: "empty" });
    const { failure, record } = await ask(id);
    expect(failure).toMatchObject({ reason: "key_rejected" });
    expect(record?.requestedModel).toBeUndefined();
    expect(record).toMatchObject({ model: id, outcome: "failed", reason: "key_rejected" });
  });
});
