import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { postOtlp, type Signal } from "./post-otlp";

const mostTries = 5;
const basePauseMs = 500;
const longestPauseMs = 10_000;
const number = z.coerce.number().default(0);
const partial = z.object({
  partialSuccess: z.object({ rejectedSpans: number, rejectedLogRecords: number, errorMessage: z.string().default("") }),
});

/** `failure` is why it was given up; of what was taken, `rejected` tells what the collector would not have, which must not be sent again. */
export type Sent = { failure?: string; rejected?: { count: number; errorMessage: string } };

/**
 * Posts a signal's export request to the collector, again a few times when it cannot take it now, each time after a longer
 * pause or the one it asks for. Never fails.
 */
export async function sendOtlp(signal: Signal, body: string): Promise<Sent> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await postOtlp(signal, body);
    if ("text" in answer) return { rejected: rejectedOf(answer.text) };
    if (answer.isFinal || attempt === mostTries) return { failure: answer.failure };
    const backoffMs = basePauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
    await sleep(Math.min(longestPauseMs, answer.retryAfterMs ?? backoffMs), undefined, { ref: false });
  }
}

function rejectedOf(text: string): Sent["rejected"] {
  const answer = partial.safeParse(parsed(text));
  if (!answer.success) return undefined;
  const { rejectedSpans, rejectedLogRecords, errorMessage } = answer.data.partialSuccess;
  const count = rejectedSpans + rejectedLogRecords;
  return count > 0 ? { count, errorMessage: errorMessage.slice(0, 500) } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
