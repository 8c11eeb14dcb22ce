import { LRUCache } from "lru-cache";
import type { UiChunk } from "@/db/schema/json";
import { processGlobal } from "@/lib/core/process-global";

const onceMs = 24 * 3_600_000;

const told = () => processGlobal("agent-told-budgets", () => new LRUCache<string, true>({ max: 10_000, ttl: onceMs }));

/** Tells a person under their reply that a budget comes to its end; each warning once a day. */
export function noteBudgets(userId: string, warnings: string[], emit: (chunk: UiChunk) => void): void {
  for (const warning of warnings) {
    const key = `${userId} ${warning}`;
    if (told().has(key)) continue;
    told().set(key, true);
    emit({ type: "data-note", data: warning });
  }
}
