import type { HostState } from "@/components/workspace/workspace-context";
import type { Model } from "@/lib/gateway/contract";

/** Models that can chat: all but those that only embed. */
export function chatModels(models: Model[]): Model[] {
  return models.filter((model) => !model.capabilities.embedding);
}

/** A model's health: `up` when any host that has it answers, `unknown` when none was asked yet. */
export function healthOf(model: Model): "up" | "down" | "unknown" {
  const states = model.upstreams.map((host) => host.state);
  if (states.includes("up")) return "up";
  return states.includes("unknown") ? "unknown" : "down";
}

/** Whether asking it makes sense now. */
export const isUsable = (model: Model) => healthOf(model) !== "down";

/** The abilities worth naming, in a fixed order. */
export function abilitiesOf({ capabilities }: Model): string[] {
  const named = { tools: "Tools", vision: "Vision", thinking: "Thinking" } as const;
  return Object.entries(named).flatMap(([ability, name]) => (capabilities[ability as keyof typeof named] ? [name] : []));
}

/** A context length as people write it: 8K, 128K, 1M. */
export function describeContext(tokens: number | null): string | null {
  if (!tokens) return null;
  if (tokens >= 1_000_000) return `${Number((tokens / 1_000_000).toFixed(1))}M context`;
  if (tokens < 1000) return `${tokens} context`;
  return `${tokens % 1024 === 0 ? tokens / 1024 : Math.round(tokens / 1000)}K context`;
}

/** What a million tokens cost, in and out; null when nobody named a price. */
export function describePrice({ pricing }: Model): string | null {
  if (!pricing) return null;
  const { inputUsdPerMTok, outputUsdPerMTok } = pricing;
  return inputUsdPerMTok === 0 && outputUsdPerMTok === 0 ? "Free" : `$${inputUsdPerMTok} in, $${outputUsdPerMTok} out per M tokens`;
}

/** The models that a search finds: every word of it in the name, the id, a host or an ability. */
export function searchModels(models: Model[], query: string): Model[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter((model) => {
    const text = [model.id, model.name, ...model.upstreams.map((host) => host.name), ...abilitiesOf(model)].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** How long a host has been down, for people: "since 14:05 (20 minutes)". Empty when it never answered. */
export function describeSince(since: string | null, now: Date): string {
  if (!since) return "";
  const start = new Date(since);
  const minutes = Math.max(0, Math.round((now.getTime() - start.getTime()) / 60_000));
  const sameDay = start.toDateString() === now.toDateString();
  const time = start.toLocaleString(undefined, sameDay ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
  return `since ${time} (${describeMinutes(minutes)})`;
}

function describeMinutes(minutes: number): string {
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return hours === 1 ? "1 hour" : `${hours} hours`;
  return `${Math.round(hours / 24)} days`;
}

const reasons: Record<string, string> = {
  host_refused: "It refuses connections. Check that it is running and that its address is right.",
  key_rejected: "It does not accept the key. An admin must check it.",
  timed_out: "It takes too long to answer.",
  overloaded: "It has too much to do.",
  bad_reply: "What it answers is not what a model host of this kind would say.",
};

/** Why a host is down, in a sentence; readiness gives a code where the server's own list has the words. */
export const describeReason = (error: string): string => reasons[error] ?? error;

/** The hosts that do not answer. */
export const downHosts = (hosts: HostState[]) => hosts.filter((host) => host.state === "down");
