import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { FakeHost } from "./fake-host";
import { fakeOllama } from "./fake-ollama";
import { fakeOpenai } from "./fake-openai";
import { openaiHearth } from "./openai-hearth";

/** A fake host as it is when nothing is asked of it. */
export const calm = {
  ...{ misbehave: undefined, reply: undefined, nextReplies: undefined, toolCalls: undefined, reasoning: undefined },
  ...{ tokens: 3, intervalMs: 0 },
};
export const weather = { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } }, strict: false };

/** For the tests of a file: OpenAI's own client for Node in front of a fake Ollama and a fake OpenAI, both calm before each. */
export function withNodeClient() {
  let ollama: FakeHost;
  let openai: FakeHost;
  let hearth: Awaited<ReturnType<typeof openaiHearth>>;
  let client: OpenAI;
  beforeAll(async () => {
    const embedder = { name: "embedder", capabilities: ["embedding"], contextLength: 512 };
    const talker = { name: "llama3.2:3b", capabilities: ["completion", "tools"], contextLength: 131_072, loaded: true };
    ollama = await fakeOllama({ models: [talker, embedder] });
    openai = await fakeOpenai({ models: [{ name: "gpt-5" }, { name: "text-embedding-3-small" }] });
    hearth = await openaiHearth({ OLLAMA_BASE_URL: ollama.url, OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_API_KEY: "sk-test" });
    client = new OpenAI({ baseURL: hearth.url, apiKey: hearth.apiKey, maxRetries: 0 });
  });
  beforeEach(async () => {
    for (const host of [ollama, openai]) {
      await host.behave(calm);
      host.requests.length = 0;
    }
    hearth.statuses.length = 0;
  });
  afterAll(async () => {
    await hearth.close();
    await ollama.close();
    await openai.close();
  });
  return {
    get ollama() {
      return ollama;
    },
    get openai() {
      return openai;
    },
    get hearth() {
      return hearth;
    },
    get client() {
      return client;
    },
  };
}
