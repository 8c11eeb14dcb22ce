import { env } from "@/lib/core/env";
import { otlpHeaders } from "./otlp-headers";

export type Signal = "traces" | "metrics" | "logs";
type Refusal = { failure: string; isFinal: boolean; retryAfterMs?: number };

/** Those that OTLP calls retryable: https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const retryable = new Set([429, 502, 503, 504]);

/** Posts a signal's export request to the collector once. @returns its answer's text, or why it was not taken */
export async function postOtlp(signal: Signal, body: string): Promise<{ text: string } | Refusal> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint = "", OTEL_EXPORTER_OTLP_HEADERS: headers, OTEL_EXPORTER_OTLP_TIMEOUT: timeoutMs } = env();
  try {
    const response = await fetch(`${endpoint.replace(/\/+$/, "")}/v1/${signal}`, {
      method: "POST",
      headers: { ...otlpHeaders(headers), "content-type": "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.ok) return { text };
    const failure = `it answered ${response.status}`;
    return { failure, isFinal: !retryable.has(response.status), retryAfterMs: retryAfterMs(response.headers) };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    const why = `it cannot be reached (${error instanceof Error ? error.message : error})`;
    return { failure: isLate ? `it did not answer within ${timeoutMs} ms` : why, isFinal: false };
  }
}

function retryAfterMs(headers: Headers): number | undefined {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}
