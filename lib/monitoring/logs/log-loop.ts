import { setTimeout as sleep } from "node:timers/promises";
import { db } from "@/db/database";
import { deleteOldLines, findOldestKept } from "@/db/queries/log-lines";
import { env } from "@/lib/core/env";
import { lineKeeper, log } from "@/lib/core/log";
import { registerGauge } from "../metrics/registry";
import { flushLines, takeLine } from "./flush-lines";
import { logStore } from "./log-store";
import { droppedLineExports, finishLineExport } from "./otlp/export-lines";

const flushEveryMs = 200;
const tidyEveryMs = 300_000;
const deletedAtOnce = 1_000;
/** Between two batches others get their turn at the embedded database. */
const pauseMs = 50;

/** Keeps what this process logs, from now until `stopLogLoop`, and removes what is older, or more, than is kept. */
export function startLogLoop({ instanceId }: { instanceId: string }): void {
  const store = logStore();
  if (store.timer) return;
  store.instanceId = instanceId;
  store.tidiedAt = Date.now();
  lineKeeper().keep = takeLine;
  const help = "Log lines that were not stored, as they came faster than the database takes them or it was away";
  registerGauge({ name: "hearth_log_lines_dropped", help, read: () => [{ value: store.dropped }] });
  const exportHelp = "Log lines that were not sent to the collector, though one is set";
  registerGauge({ name: "hearth_log_lines_not_exported", help: exportHelp, read: () => [{ value: droppedLineExports() }] });
  store.timer = setInterval(() => {
    void flushLines();
    if (Date.now() - store.tidiedAt > tidyEveryMs) void tidyLines();
  }, flushEveryMs).unref();
}

/** Ends it, after a last write. */
export async function stopLogLoop(): Promise<void> {
  const store = logStore();
  clearInterval(store.timer);
  clearTimeout(store.others);
  [store.timer, store.others] = [undefined, undefined];
  store.retryAt = 0;
  await flushLines();
  await finishLineExport();
  lineKeeper().keep = undefined;
}

/** Removes lines that are older than they are kept, and the oldest of those that are too many. Never fails: the next turn does it. */
export async function tidyLines(): Promise<void> {
  logStore().tidiedAt = Date.now();
  const { HEARTH_LOGS_KEEP_DAYS: days, HEARTH_LOGS_MAX_LINES: most } = env();
  try {
    const byAge = new Date(Date.now() - days * 86_400_000);
    const byCount = await findOldestKept(db(), most);
    const before = byCount && byCount > byAge ? byCount : byAge;
    while ((await deleteOldLines(db(), before, deletedAtOnce)) > 0) await sleep(pauseMs);
  } catch (error) {
    log().warn({ err: error }, "old log lines could not be removed; the next turn does it");
  }
}
