import { LRUCache } from "lru-cache";
import { processGlobal } from "@/lib/core/process-global";
import { gatewaySettings } from "../gateway-settings";
import type { KeptAnswer } from "./cached-call";

const megabyte = 1024 * 1024;
/** Of this process's memory, whatever the database may hold. Objects take about three times the bytes of their JSON. */
const mostMemoryMb = 32;

type Memory = { maxMb: number; answers: LRUCache<string, KeptAnswer> };

/** The answers that this process holds, least recently used first to go. An answer is found here without waiting. */
function memory(): LRUCache<string, KeptAnswer> {
  const maxMb = Math.min(mostMemoryMb, gatewaySettings().cacheMaxMb);
  const kept = processGlobal<Memory>("cache-memory", () => newMemory(maxMb));
  // Its size cannot be changed, and what is forgotten here is still in the database.
  if (kept.maxMb !== maxMb) Object.assign(kept, newMemory(maxMb));
  return kept.answers;
}

function newMemory(maxMb: number): Memory {
  const maxSize = Math.max(1, maxMb * megabyte);
  return { maxMb, answers: new LRUCache({ maxSize, sizeCalculation: ({ sizeBytes }) => Math.max(1, sizeBytes) }) };
}

/** An answer that this process holds and that is not too old. */
export function recallAnswer(key: string): KeptAnswer | undefined {
  const found = memory().get(key);
  if (!found || found.expiresAt.getTime() > Date.now()) return found;
  memory().delete(key);
  return undefined;
}

/** Holds an answer, in place of the one before. */
export function rememberAnswer(answer: KeptAnswer): void {
  memory().set(answer.key, answer);
}

/** Which answers to forget: those that fit all that is named. An owner's are all that their calls were answered with, also in what keys share. */
export type Forgotten = { keys?: string[]; ownerId?: string; model?: string };

/** Forgets answers that this process holds. */
export function forgetAnswers({ keys, ownerId, model }: Forgotten): void {
  const held = memory();
  for (const [key, answer] of [...held.entries()]) {
    if (keys && !keys.includes(key)) continue;
    const isOwners = ownerId === undefined || answer.scope === ownerId || answer.ownerId === ownerId;
    if (isOwners && (model === undefined || answer.model === model)) held.delete(key);
  }
}
