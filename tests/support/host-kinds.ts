import { fakeAnthropic } from "./fake-anthropic";
import { fakeGoogle } from "./fake-google";
import { fakeOllama } from "./fake-ollama";
import { fakeOpenai } from "./fake-openai";

/** Nobody listens there, so that no Ollama of the machine's own is found. */
const noOllama = { OLLAMA_BASE_URL: "http://127.0.0.1:47999" };

const ollama = {
  kind: "Ollama",
  fake: fakeOllama,
  id: "ollama/llama3.2:3b",
  environment: (url: string): Record<string, string> => ({ OLLAMA_BASE_URL: url }),
};
const openai = {
  kind: "OpenAI",
  fake: fakeOpenai,
  id: "openai/gpt-5",
  environment: (url: string): Record<string, string> => ({ OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: "sk-secret", ...noOllama }),
};

/** What a reply must be the same from: a host that speaks Ollama's protocol, and one that speaks OpenAI's. */
export const hostKinds = [ollama, openai];

/** Every protocol that a host can speak, each with a key where hosts have one: what fails must fail alike. */
export const everyHostKind = [
  ollama,
  openai,
  {
    kind: "Anthropic",
    fake: fakeAnthropic,
    id: "anthropic/claude-sonnet-4-5",
    environment: (url: string): Record<string, string> => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: "sk-secret", ...noOllama }),
  },
  {
    kind: "Google",
    fake: fakeGoogle,
    id: "google/gemini-2.5-flash",
    environment: (url: string): Record<string, string> => ({
      ...{ GOOGLE_GENERATIVE_AI_BASE_URL: url, GOOGLE_GENERATIVE_AI_API_KEY: "sk-secret" },
      ...noOllama,
    }),
  },
];
