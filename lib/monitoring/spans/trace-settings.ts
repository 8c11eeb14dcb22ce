import { db } from "@/db/database";
import { findSetting } from "@/db/queries/settings";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { saveAuditedSetting } from "../audit/save-audited-setting";
import { traceSettings as schema, type TraceSettings } from "./contract";

type Name = keyof TraceSettings;
type Source = "default" | "environment" | "saved";
type State = { saved: Partial<TraceSettings>; loadedAt: number; loading?: Promise<void> };

const defaults: TraceSettings = { traceContent: "off", traceKeepDays: 14 };
const savedUnder = "traces";
/** What another instance's admin saved is seen after this long. */
const reloadAfterMs = 15_000;
const state = () => processGlobal<State>("trace-settings", () => ({ saved: {}, loadedAt: 0 }));

/** What is kept of runs and calls, as last read: the environment's word, else the saved one, else the default. Never waits. */
export function traceSettings(): Readonly<TraceSettings> {
  const { saved, loadedAt } = state();
  // Before the loop has read them first there is no database to ask.
  if (loadedAt > 0 && Date.now() - loadedAt > reloadAfterMs) void loadTraceSettings();
  return { ...defaults, ...saved, ...fromEnvironment() };
}

/** Each setting with where its value comes from. */
export function sourcedTraceSettings(): { [N in Name]: { value: TraceSettings[N]; source: Source } } {
  const [values, set] = [traceSettings(), fromEnvironment()];
  const sourceOf = (name: Name): Source => (name in set ? "environment" : name in state().saved ? "saved" : "default");
  return {
    traceContent: { value: values.traceContent, source: sourceOf("traceContent") },
    traceKeepDays: { value: values.traceKeepDays, source: sourceOf("traceKeepDays") },
  };
}

/** Reads the saved settings. While the database does not answer, those last read stand. */
export function loadTraceSettings(): Promise<void> {
  const current = state();
  current.loading ??= findSetting(db(), savedUnder)
    .then((stored) => {
      current.saved = readable(stored);
    })
    .catch((error) => log().warn({ err: error }, "the settings of traces could not be read; those last read stand"))
    .finally(() => {
      current.loadedAt = Date.now();
      current.loading = undefined;
    });
  return current.loading;
}

/** Saves changes; null takes a setting back to its default. For admins. */
export async function saveTraceSettings(changes: { [N in Name]?: TraceSettings[N] | null }): Promise<void> {
  const saved = await saveAuditedSetting({ key: savedUnder, name: "Traces", readable }, changes);
  state().saved = readable(saved);
}

/** What of a stored value still fits. */
function readable(stored: unknown): Partial<TraceSettings> {
  const result = schema.partial().safeParse(stored ?? {});
  return result.success ? result.data : {};
}

function fromEnvironment(): Partial<TraceSettings> {
  const { HEARTH_TRACE_CONTENT: traceContent, HEARTH_TRACE_KEEP_DAYS: traceKeepDays } = env();
  return { ...(traceContent !== undefined && { traceContent }), ...(traceKeepDays !== undefined && { traceKeepDays }) };
}
