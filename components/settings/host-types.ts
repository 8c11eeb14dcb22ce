import type { ActionResult } from "@/lib/core/action-result";

/** The kinds of host that can be added, as people know them. */
export const hostKinds = {
  ollama: "Ollama",
  openai: "OpenAI",
  anthropic: "Anthropic",
  google: "Google Gemini",
  "openai-compatible": "OpenAI-compatible server",
} as const;

export type HostKind = keyof typeof hostKinds;

/** A model host as the settings show it. */
export type ModelHost = {
  id: string;
  name: string;
  kind: HostKind | "embedded";
  baseUrl: string | null;
  source: "environment" | "saved" | "built-in";
  enabled: boolean;
  hasKey: boolean;
  state: "up" | "down" | "unknown";
  since: Date | null;
  error?: string;
  modelCount: number;
};

/** What a test of a host found. */
export type HostTest = { ok: boolean; modelCount: number; models: string[]; durationMs: number; error?: string };

/** A host as the form describes it. */
export type NewHost = { name: string; kind: HostKind; baseUrl?: string; apiKey?: string };

/** What the settings can do with hosts, as server actions. */
export type HostActions = {
  addHost: (input: NewHost) => Promise<ActionResult<void>>;
  changeHost: (input: { id: string; enabled: boolean }) => Promise<ActionResult<void>>;
  removeHost: (input: { id: string }) => Promise<ActionResult<void>>;
  testHost: (input: { id: string } | Omit<NewHost, "name">) => Promise<ActionResult<HostTest>>;
};

/** The result of a test in a sentence. */
export function describeTest({ ok, modelCount, durationMs, error }: HostTest): string {
  if (!ok) return error ?? "The host does not answer.";
  return `It answers, in ${durationMs} ms, with ${modelCount === 1 ? "1 model" : `${modelCount} models`}.`;
}
