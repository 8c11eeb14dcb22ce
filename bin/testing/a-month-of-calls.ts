import type { calls } from "../../db/schema/gateway.ts";
import { newId } from "../../lib/core/ids.ts";

type CallRow = typeof calls.$inferInsert;

const dayMs = 86_400_000;
const models = [
  { model: "ollama/qwen3:8b", upstream: "ollama", usdPerToken: 0 },
  { model: "openai/gpt-5.4-mini", upstream: "openai", usdPerToken: 0.000002 },
  { model: "anthropic/claude-sonnet-4-6", upstream: "anthropic", usdPerToken: 0.00001 },
];

/** Calls of the last 30 days as a small team makes them: by day, seldom at the weekend, some failed. The same ones each time. */
export function aMonthOfCalls(ownerIds: string[], now = Date.now()): CallRow[] {
  const random = seeded(7);
  const rows: CallRow[] = [];
  for (let at = now - 30 * dayMs; at < now; at += random() * 2_400_000) {
    const date = new Date(at);
    const isQuiet = date.getHours() < 7 || date.getHours() > 20 || date.getDay() % 6 === 0;
    if (isQuiet && random() < 0.85) continue;
    rows.push(aCall(date, ownerIds[Math.floor(random() ** 2 * ownerIds.length)] ?? null, random));
  }
  return rows;
}

function aCall(startedAt: Date, ownerId: string | null, random: () => number): CallRow {
  const { usdPerToken, ...named } = models[Math.floor(random() ** 1.5 * models.length)] ?? { model: "m", upstream: "h", usdPerToken: 0 };
  const after = (ms: number) => new Date(startedAt.getTime() + ms);
  const firstTokenMs = 120 + 2_000 * random() ** 4;
  const [inputTokens, outputTokens] = [Math.round(200 + 3_000 * random()), Math.round(40 + 600 * random())];
  const isFailed = random() < 0.03;
  return {
    ...named,
    id: newId(),
    ownerId,
    purpose: random() < 0.7 ? "chat" : "api",
    startedAt,
    firstTokenAt: isFailed ? null : after(firstTokenMs),
    endedAt: after(firstTokenMs + outputTokens * (10 + 8 * random())),
    outcome: isFailed ? "failed" : "complete",
    reason: isFailed ? (random() < 0.5 ? "timed_out" : "overloaded") : null,
    cache: random() < 0.15 ? "hit" : "miss",
    inputTokens,
    outputTokens: isFailed ? 0 : outputTokens,
    costUsd: (inputTokens + 4 * outputTokens) * usdPerToken,
  };
}

/** Mulberry32: small, and the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
