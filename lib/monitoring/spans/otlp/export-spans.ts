import type { SpanRow } from "@/db/queries/spans";
import { log } from "@/lib/core/log";
import { batchExporter } from "@/lib/monitoring/otlp/batch-exporter";
import { toOtlp } from "./to-otlp";

const exporter = batchExporter<SpanRow>({
  name: "span-exporter",
  signal: "traces",
  toBody: (rows) => toOtlp(rows),
  charsOf: ({ input, output, error }) => 400 + (input?.length ?? 0) + (output?.length ?? 0) + (error?.length ?? 0),
  onDropped: ({ count, sinceStart, why }) => log().warn({ dropped: count, sinceStart }, `spans were not sent to the collector: ${why}`),
  onTaken: ({ rejected }) => {
    if (rejected) log().warn(rejected, "the collector refused some of the spans that it was sent");
  },
});

/** Sends spans that are over to the collector soon, if there is one. Never waits and never fails: what cannot be sent is dropped and counted. */
export const exportSpans = (rows: SpanRow[]): void => exporter.add(rows);

/** How many spans were not sent to the collector since the start, though one is set. */
export const droppedExports = (): number => exporter.dropped();

/** Sends what waits, for a moment at most. For the end of the process. */
export const finishExport = (): Promise<void> => exporter.finish();
