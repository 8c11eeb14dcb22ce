import { afterEach } from "vitest";
import { fakeAnthropic } from "./fake-anthropic";
import type { FakeHost, FakeOptions } from "./fake-host";
import { fakeOllama } from "./fake-ollama";
import { fakeOpenai } from "./fake-openai";
import { openaiHearth } from "./openai-hearth";

/** The model of a fake Ollama. */
export const model = "ollama/llama3.2:3b";
export const messages = [{ role: "user", content: "Count." }];
export const weather = {
  type: "function",
  function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
};

/** For each test of the file that begins one: a fake host of a kind, and the API for OpenAI's clients in front of it. */
export function onHost() {
  let upstream: FakeHost | undefined;
  let hearth: Awaited<ReturnType<typeof openaiHearth>> | undefined;
  const begin = async (fake: FakeHost, environment: Record<string, string>) => {
    upstream = fake;
    hearth = await openaiHearth(environment);
  };
  const close = async () => {
    await hearth?.close();
    await upstream?.close();
    hearth = undefined;
    upstream = undefined;
  };
  afterEach(close);
  const begun = <T>(what: T | undefined): T => {
    if (!what) throw new Error("The test has begun no host.");
    return what;
  };
  const chat = (body: object) => begun(hearth).call("/chat/completions", { model, messages, ...body });

  return {
    async ollama(options: FakeOptions = { tokens: 3 }) {
      const fake = await fakeOllama(options);
      await begin(fake, { OLLAMA_BASE_URL: fake.url });
    },
    async openai(options: FakeOptions = { tokens: 3 }) {
      const fake = await fakeOpenai(options);
      await begin(fake, { OPENAI_BASE_URL: `${fake.url}/v1`, OPENAI_API_KEY: "sk-test" });
    },
    async anthropic(options: FakeOptions) {
      const fake = await fakeAnthropic(options);
      await begin(fake, { ANTHROPIC_BASE_URL: fake.url, ANTHROPIC_API_KEY: "sk-ant" });
    },
    /** Before a test begins another. */
    close,
    get upstream() {
      return begun(upstream);
    },
    get hearth() {
      return begun(hearth);
    },
    /** Asks for a completion of the Ollama's model, unless told otherwise. */
    chat,
    /** The same where it is to be refused: with which status and error. */
    async refusal(body: object) {
      const response = await chat(body);
      const { error } = (await response.json()) as { error: { message: string; type: string; param: string; code: string } };
      return { status: response.status, ...error };
    },
  };
}

type Chunk = {
  choices: { delta: Record<string, unknown>; finish_reason: string | null; logprobs: unknown }[];
  usage?: unknown;
  error?: unknown;
};

/** The chunks of a stream, and whether it ended with the end marker. */
export async function chunksOf(response: Response): Promise<{ chunks: Chunk[]; isEnded: boolean }> {
  const events = (await response.text()).split("\n\n").filter(Boolean);
  const isEnded = events.at(-1) === "data: [DONE]";
  return { chunks: events.slice(0, isEnded ? -1 : undefined).map((event) => JSON.parse(event.slice("data: ".length))), isEnded };
}
