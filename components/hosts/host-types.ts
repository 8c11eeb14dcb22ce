import type { ActionResult } from "@/lib/core/action-result";
import type { UpstreamView } from "@/lib/gateway/hosts/contract";

/** The kinds of host that can be added, as people know them. */
export const hostKinds = {
  ollama: "Ollama",
  openai: "OpenAI",
  anthropic: "Anthropic",
  google: "Google Gemini",
  "openai-compatible": "OpenAI-compatible server",
} as const;

export type HostKind = keyof typeof hostKinds;

/** What a test of a host found. */
export type HostTest = { ok: boolean; modelCount: number; models: string[]; durationMs: number; error?: string };

/** A host as the form describes it. */
export type NewHost = { name: string; kind: HostKind; baseUrl?: string; apiKey?: string };

/** What can be changed of a host. */
export type HostChange = { id: string; enabled?: boolean; baseUrl?: string; apiKey?: string | null; maxParallel?: number | null };

/** What the settings can do with hosts, as server actions. */
export type HostActions = {
  addHost: (input: NewHost) => Promise<ActionResult<void>>;
  changeHost: (input: HostChange) => Promise<ActionResult<void>>;
  removeHost: (input: { id: string }) => Promise<ActionResult<void>>;
  closeBreaker: (input: { id: string; model: string }) => Promise<ActionResult<void>>;
};

export type HostProps = { host: UpstreamView; now: Date; actions: HostActions };

/** The result of a test in a sentence. */
export function describeTest({ ok, modelCount, durationMs, error }: HostTest): string {
  if (!ok) return error ?? "The host does not answer.";
  return `It answers, in ${durationMs} ms, with ${modelCount === 1 ? "1 model" : `${modelCount} models`}.`;
}
