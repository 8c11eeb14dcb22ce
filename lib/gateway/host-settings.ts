import { db } from "@/db/database";
import { type HostSettings, listHostSettings } from "@/db/queries/host-settings";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { serveAllAfresh } from "./queue/model-line";

/** What another instance's admin saved is seen after this long. */
const reloadAfterMs = 15_000;

type State = { rows: Map<string, HostSettings>; loadedAt: number; loading?: Promise<void> };
const state = () => processGlobal<State>("gateway-host-settings", () => ({ rows: new Map(), loadedAt: 0 }));

/** How many calls at once an admin allowed to each model of a host; undefined leaves it to what is found out. Never waits. */
export function maxParallelOf(hostId: string): number | undefined {
  const { loadedAt, loading } = state();
  if (!loading && Date.now() - loadedAt > reloadAfterMs) void loadHostSettings();
  return state().rows.get(hostId)?.maxParallel ?? undefined;
}

/** Reads the settings of all hosts. While the database does not answer, those last read stand. */
export function loadHostSettings(): Promise<void> {
  const current = state();
  // After one that is under way, which may not have seen what was saved meanwhile.
  const loading = Promise.resolve(current.loading)
    .then(() => listHostSettings(db()))
    .then((rows) => {
      current.rows = new Map(rows.map((row) => [row.hostId, row]));
      serveAllAfresh();
    })
    .catch((error) => log().warn({ err: error }, "the hosts' settings could not be read; those last read stand"))
    .finally(() => {
      current.loadedAt = Date.now();
      if (current.loading === loading) current.loading = undefined;
    });
  current.loading = loading;
  return loading;
}
