import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { otlpHeaders } from "./otlp-headers";

const mostTries = 5;
const basePauseMs = 500;
const longestPauseMs = 10_000;
/** Those that OTLP calls retryable: https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const retryable = new Set([429, 502, 503, 504]);
const partial = z.object({ partialSuccess: z.object({ rejectedSpans: z.coerce.number(), errorMessage: z.string().default("") }) });

type Answer = { failure: string; isFinal: boolean; retryAfterMs?: number } | null;

/**
 * Posts an `ExportTraceServiceRequest` to the collector, again a few times when it cannot take it now, each time after a
 * longer pause or the one it asks for.
 * @returns why it was given up; null when it was taken
 */
export async function sendTraces(body: string): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(body);
    if (!answer) return null;
    if (answer.isFinal || attempt === mostTries) return answer.failure;
    const backoffMs = basePauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
    await sleep(Math.min(longestPauseMs, answer.retryAfterMs ?? backoffMs), undefined, { ref: false });
  }
}

async function post(body: string): Promise<Answer> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint = "", OTEL_EXPORTER_OTLP_HEADERS: headers, OTEL_EXPORTER_OTLP_TIMEOUT: timeoutMs } = env();
  try {
    const response = await fetch(`${endpoint.replace(/\/+$/, "")}/v1/traces`, {
      method: "POST",
      headers: { ...otlpHeaders(headers), "content-type": "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.ok) return noteRejected(text);
    const failure = `it answered ${response.status}`;
    return { failure, isFinal: !retryable.has(response.status), retryAfterMs: retryAfterMs(response.headers) };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return { failure: isLate ? `it did not answer within ${timeoutMs} ms` : "it cannot be reached", isFinal: false };
  }
}

/** A collector may take a request and refuse some of its spans, which must not be sent again. */
function noteRejected(text: string): null {
  const answer = partial.safeParse(parsed(text));
  if (answer.success && answer.data.partialSuccess.rejectedSpans > 0) {
    const { rejectedSpans, errorMessage } = answer.data.partialSuccess;
    log().warn({ rejectedSpans, errorMessage: errorMessage.slice(0, 500) }, "the collector refused some of the spans that it was sent");
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function retryAfterMs(headers: Headers): number | undefined {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}
