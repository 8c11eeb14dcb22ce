import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { batchExporter } from "@/lib/monitoring/otlp/batch-exporter";
import type { LogLine } from "../contract";
import { logStore } from "../log-store";
import { toOtlp } from "./to-otlp";

/** Lines with this field tell of the sending itself. They are not sent: a collector that is down would be sent of it for ever. */
const own = { isAboutLogExport: true };
const failing = () => processGlobal("log-export-failing", () => ({ since: 0 }));

const exporter = batchExporter<LogLine>({
  name: "log-exporter",
  signal: "logs",
  toBody: (lines) => toOtlp(lines, logStore().instanceId),
  charsOf: ({ text, rest }) => 400 + text.length + JSON.stringify(rest).length,
  onDropped({ count, sinceStart, why }) {
    if (failing().since === 0) log().warn({ ...own, dropped: count, sinceStart }, `log lines were not sent to the collector: ${why}`);
    failing().since ||= sinceStart - count + 1;
  },
  onTaken({ rejected }) {
    if (rejected) log().warn({ ...own, ...rejected }, "the collector refused some of the log lines that it was sent");
    if (failing().since === 0) return;
    const dropped = exporter.dropped() - failing().since + 1;
    failing().since = 0;
    log().info({ ...own, dropped }, `log lines are sent to the collector again; ${dropped} were not`);
  },
});

/** Sends lines of this process to the collector soon, if there is one. Never waits and never fails: what cannot be sent is dropped and counted. */
export function exportLines(lines: LogLine[]): void {
  exporter.add(lines.filter(({ rest }) => rest.isAboutLogExport !== true));
}

/** How many lines were not sent to the collector since the start, though one is set. */
export const droppedLineExports = (): number => exporter.dropped();

/** Sends what waits, for a moment at most. For the end of the process. */
export const finishLineExport = (): Promise<void> => exporter.finish();
