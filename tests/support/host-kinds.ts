import { fakeOllama } from "./fake-ollama";
import { fakeOpenai } from "./fake-openai";

/** What a reply must be the same from: a host that speaks Ollama's protocol, and one that speaks OpenAI's. */
export const hostKinds = [
  {
    kind: "Ollama",
    fake: fakeOllama,
    id: "ollama/llama3.2:3b",
    environment: (url: string): Record<string, string> => ({ OLLAMA_BASE_URL: url }),
  },
  {
    kind: "OpenAI",
    fake: fakeOpenai,
    id: "openai/gpt-5",
    environment: (url: string): Record<string, string> => ({ OPENAI_BASE_URL: url, OLLAMA_BASE_URL: "http://127.0.0.1:47999" }),
  },
];
