import { database, db } from "@/db/database";
import { listLinesOfOthers } from "@/db/queries/log-lines";
import { log } from "@/lib/core/log";
import { logStore, tellLines } from "./log-store";
import { toLine } from "./to-line";

/** With the fifth of a second until they are stored, a line of another process is here within a second. */
const everyMs = 500;
/** How long a write may take to be seen after the moment it bears. */
const skewMs = 3_000;
/** Twice what a page keeps: of a flood the newest are shown, and the download has all. */
const atOnce = 2_000;

/** Looks what other processes log for as long as anybody follows here. Those on a database of their own are alone. */
export function followOthers(): void {
  const store = logStore();
  if (store.others || database().kind === "embedded") return;
  let seen = new Set<string>();
  let lookedAt = Date.now();
  const look = async () => {
    const startedAt = Date.now();
    try {
      const sinceMs = startedAt - lookedAt + skewMs;
      const rows = await listLinesOfOthers(db(), { instanceId: store.instanceId, sinceMs, limit: atOnce });
      const fresh = rows.filter(({ id }) => !seen.has(id)).toReversed();
      seen = new Set(rows.map(({ id }) => id));
      lookedAt = startedAt;
      if (fresh.length > 0) tellLines(fresh.map(toLine));
    } catch (error) {
      log().debug({ err: error }, "what other processes log could not be read; the next look does it");
    }
    store.others = store.listeners.size > 0 ? setTimeout(look, everyMs).unref() : undefined;
  };
  store.others = setTimeout(look, 0).unref();
}
