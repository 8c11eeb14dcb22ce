import { type Env, env } from "@/lib/core/env";
import { toBaseUrl } from "./base-url";
import type { Upstream } from "./upstream";

const localOllama = "http://127.0.0.1:11434";

/**
 * The hosts that the environment names, and those Hearth always has: Ollama on this machine, when OLLAMA_BASE_URL is not
 * set, and the embedded model.
 * @throws Error that names the variable when an address cannot be used
 */
export function environmentUpstreams(from: Env = env()): Upstream[] {
  return [...ollamas(from), ...openai(from), ...anthropic(from), ...google(from), embedded(from)];
}

function ollamas({ OLLAMA_BASE_URL }: Env): Upstream[] {
  const addresses = (OLLAMA_BASE_URL ?? "")
    .split(",")
    .map((address) => address.trim())
    .filter(Boolean);
  if (addresses.length === 0)
    return [{ id: "built-in-ollama", name: "ollama", kind: "ollama", baseUrl: localOllama, source: "built-in", enabled: true }];
  const urls = [...new Set(addresses.map((address) => urlOf("OLLAMA_BASE_URL", "ollama", address)))];
  return urls.map((baseUrl, index) => fromEnvironment(index === 0 ? "ollama" : `ollama-${index + 1}`, { kind: "ollama", baseUrl }));
}

function openai({ OPENAI_API_KEY, OPENAI_BASE_URL }: Env): Upstream[] {
  if (!OPENAI_API_KEY && !OPENAI_BASE_URL) return [];
  const baseUrl = urlOf("OPENAI_BASE_URL", "openai", OPENAI_BASE_URL);
  return [fromEnvironment("openai", { kind: "openai", baseUrl, apiKey: OPENAI_API_KEY })];
}

function anthropic({ ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL }: Env): Upstream[] {
  if (!ANTHROPIC_API_KEY) return [];
  return [
    fromEnvironment("anthropic", {
      kind: "anthropic",
      baseUrl: urlOf("ANTHROPIC_BASE_URL", "anthropic", ANTHROPIC_BASE_URL),
      apiKey: ANTHROPIC_API_KEY,
    }),
  ];
}

function google({ GOOGLE_GENERATIVE_AI_API_KEY: apiKey, GOOGLE_GENERATIVE_AI_BASE_URL }: Env): Upstream[] {
  if (!apiKey) return [];
  return [
    fromEnvironment("google", {
      kind: "google",
      baseUrl: urlOf("GOOGLE_GENERATIVE_AI_BASE_URL", "google", GOOGLE_GENERATIVE_AI_BASE_URL),
      apiKey,
    }),
  ];
}

function embedded({ HEARTH_LOCAL_MODEL }: Env): Upstream {
  return {
    id: "built-in-embedded",
    name: "embedded",
    kind: "embedded",
    baseUrl: null,
    source: "built-in",
    enabled: HEARTH_LOCAL_MODEL !== "off",
  };
}

function fromEnvironment(name: string, rest: Pick<Upstream, "kind" | "baseUrl" | "apiKey">): Upstream {
  return { id: `environment-${name}`, name, ...rest, source: "environment", enabled: true };
}

function urlOf(variable: string, kind: Parameters<typeof toBaseUrl>[0], address: string | undefined): string {
  try {
    return toBaseUrl(kind, address);
  } catch (error) {
    throw new Error(`${variable} is not usable: ${(error as Error).message} Correct it or unset it, then start again.`);
  }
}
