import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { readRegistry } from "../metrics/registry";
import { postOtlp } from "../otlp/post-otlp";
import { toOtlp } from "./to-otlp";

type Export = { instanceId: string; timer?: NodeJS.Timeout; turn: Promise<void>; isBusy: boolean; isFailing: boolean };
const state = () =>
  processGlobal<Export>("metrics-export", () => ({ ...{ instanceId: "", turn: Promise.resolve() }, isBusy: false, isFailing: false }));

/** Sends the metrics to the collector of `OTEL_EXPORTER_OTLP_ENDPOINT`, when there is one, again and again until `stopMetricsExport`. */
export function startMetricsExport({ instanceId }: { instanceId: string }): void {
  const now = state();
  if (now.timer || env().OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return;
  now.instanceId = instanceId;
  now.timer = setInterval(() => {
    if (!now.isBusy) now.turn = exportMetrics();
  }, env().OTEL_METRIC_EXPORT_INTERVAL).unref();
}

/** Ends it, after the figures were sent a last time. */
export async function stopMetricsExport(): Promise<void> {
  const now = state();
  if (!now.timer) return;
  clearInterval(now.timer);
  now.timer = undefined;
  await now.turn;
  await exportMetrics();
}

/**
 * Sends all figures once. Never fails: they count from the start, so that the next time makes good for one that was lost. The
 * first failure after a success is logged, and the first success after a failure.
 */
export async function exportMetrics(): Promise<void> {
  const now = state();
  now.isBusy = true;
  const failure = await post(now.instanceId);
  now.isBusy = false;
  if (failure && !now.isFailing) log().warn({ failure }, "metrics could not be sent to the collector; they are tried again");
  if (!failure && now.isFailing) log().info("metrics are sent to the collector again");
  now.isFailing = failure !== null;
}

/** @returns why they were not taken; null when they were */
async function post(instanceId: string): Promise<string | null> {
  try {
    const now = Date.now();
    const origin = { instanceId, startedAt: now - process.uptime() * 1_000, now };
    const answer = await postOtlp("metrics", JSON.stringify(toOtlp(await (await readRegistry()).getMetricsAsJSON(), origin)));
    return "failure" in answer ? answer.failure : null;
  } catch (error) {
    return `they cannot be read (${error instanceof Error ? error.message : error})`;
  }
}
