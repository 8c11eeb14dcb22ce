import { database, db } from "@/db/database";
import { countLinesOfOthers, findMomentAgo, listLinesOfOthers } from "@/db/queries/log-lines";
import { log } from "@/lib/core/log";
import { logStore, tellLines } from "./log-store";
import { toLine } from "./to-line";

/** With the fifth of a second until they are stored, a line of another process is here within a second. */
const everyMs = 500;
/** How long a write may take to be seen after the moment it bears. */
const skewMs = 3_000;
/** Twice what a page keeps: of a flood the newest are shown, how many were left out is told, and the download has all. */
const atOnce = 2_000;

/** Looks what other processes log for as long as anybody follows here. Those on a database of their own are alone. */
export function followOthers(): void {
  const store = logStore();
  if (store.others || database().kind === "embedded") return;
  let seen = new Map<string, string>();
  const begunMs = Date.now();
  let lookedAt = begunMs;
  /** What was stored up to here is done with: lines before it were told as left out. */
  let doneUpTo = "";
  const look = async () => {
    const startedAt = Date.now();
    try {
      const lately = await findMomentAgo(db(), startedAt - lookedAt + skewMs);
      const window = { instanceId: store.instanceId, since: lately > doneUpTo ? lately : doneUpTo };
      const rows = (await listLinesOfOthers(db(), { ...window, limit: atOnce })).map(({ storedAt, ...row }) => ({
        row,
        storedAt: storedAt.toISOString(),
      }));
      const read = new Map(rows.map(({ row, storedAt }) => [row.id, storedAt]));
      let leftOut = 0;
      if (rows.length === atOnce) {
        // What was stored before anybody followed was left out of nothing.
        const begun = await findMomentAgo(db(), Date.now() - begunMs);
        const counted = { ...window, since: [window.since, begun].toSorted().at(-1) ?? begun };
        const told = rows.filter(({ storedAt }) => storedAt > counted.since).length;
        const known = [...seen].filter(([id, storedAt]) => storedAt > counted.since && !read.has(id)).length;
        leftOut = Math.max(0, (await countLinesOfOthers(db(), counted)) - told - known);
        doneUpTo = rows.at(-1)?.storedAt ?? doneUpTo;
      }
      const fresh = rows.filter(({ row }) => !seen.has(row.id)).toReversed();
      seen = read;
      lookedAt = startedAt;
      if (fresh.length > 0 || leftOut > 0)
        tellLines(
          fresh.map(({ row }) => toLine(row)),
          leftOut,
        );
    } catch (error) {
      log().debug({ err: error }, "what other processes log could not be read; the next look does it");
    }
    store.others = store.listeners.size > 0 ? setTimeout(look, everyMs).unref() : undefined;
  };
  store.others = setTimeout(look, 0).unref();
}
