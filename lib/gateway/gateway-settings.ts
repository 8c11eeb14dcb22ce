import { z } from "zod";
import { db } from "@/db/database";
import { findSetting } from "@/db/queries/settings";
import { type Env, env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { saveAuditedSetting } from "@/lib/monitoring/audit/save-audited-setting";
import { callLimits } from "./limits/contract";
import { routePreference, routeRule } from "./routing/contract";

const { shape: limits } = callLimits;

/** Everything of the gateway that an admin can set as a whole, with its limits and defaults. */
export const gatewaySettingsSchema = z.object({
  chatPerMinute: z.number().int().min(1).max(100_000).default(10),
  queueMax: limits.queueMax.default(100),
  queueTimeoutMs: limits.queueTimeoutMs.default(120_000),
  connectTimeoutMs: limits.connectTimeoutMs.default(5_000),
  firstTokenTimeoutMs: limits.firstTokenTimeoutMs.default(60_000),
  coldLoadTimeoutMs: limits.coldLoadTimeoutMs.default(300_000),
  idleTimeoutMs: limits.idleTimeoutMs.default(60_000),
  replyTimeoutMs: limits.replyTimeoutMs.default(900_000),
  ollamaContextTokens: limits.ollamaContextTokens.default(8_192),
  modelIdleMs: limits.modelIdleMs.default(600_000),
  cacheTtlS: z.number().int().min(1).max(31_536_000).default(3_600),
  cacheMaxMb: z.number().int().min(0).max(10_000).default(64),
  similarity: z.number().min(0.5).max(1).default(0.92),
  embeddingModel: z.string().trim().max(200).nullable().default(null),
  routePreference: routePreference.default("balanced"),
  routeRules: z.array(routeRule).max(50).default([]),
});

export type GatewaySettings = z.output<typeof gatewaySettingsSchema>;
type Name = keyof GatewaySettings;
type Source = "default" | "environment" | "saved";

const defaults = gatewaySettingsSchema.parse({});

/** The variables that stand above what is saved. */
const variables = {
  chatPerMinute: "HEARTH_CHAT_PER_MINUTE",
  queueMax: "HEARTH_QUEUE_MAX",
  queueTimeoutMs: "HEARTH_QUEUE_TIMEOUT_MS",
  connectTimeoutMs: "HEARTH_CONNECT_TIMEOUT_MS",
  firstTokenTimeoutMs: "HEARTH_FIRST_TOKEN_TIMEOUT_MS",
  coldLoadTimeoutMs: "HEARTH_COLD_LOAD_TIMEOUT_MS",
  idleTimeoutMs: "HEARTH_IDLE_TIMEOUT_MS",
  replyTimeoutMs: "HEARTH_REPLY_TIMEOUT_MS",
  ollamaContextTokens: "HEARTH_OLLAMA_CONTEXT_TOKENS",
  modelIdleMs: "HEARTH_MODEL_IDLE_MS",
  cacheTtlS: "HEARTH_CACHE_TTL_S",
  cacheMaxMb: "HEARTH_CACHE_MAX_MB",
  routePreference: "HEARTH_ROUTE_PREFERENCE",
} as const satisfies Partial<Record<Name, string>>;

const savedUnder = "gateway";
/** What another instance's admin saved is seen after this long. */
const reloadAfterMs = 15_000;

type State = { saved: Partial<GatewaySettings>; loadedAt: number; loading?: Promise<void> };
/** Every call asks several times: put together once for what is saved and set. */
let inForce: { saved: State["saved"]; environment: Env; settings: Readonly<GatewaySettings> } | undefined;
const state = () => processGlobal<State>("gateway-settings", () => ({ saved: {}, loadedAt: 0 }));

/** The settings in force, as last read: the environment's, else the saved ones, else the defaults. Never waits. */
export function gatewaySettings(): Readonly<GatewaySettings> {
  const { saved, loadedAt } = state();
  // Before boot has read them first there is no database to ask.
  if (loadedAt > 0 && Date.now() - loadedAt > reloadAfterMs) void loadGatewaySettings();
  const environment = env();
  if (inForce?.saved !== saved || inForce.environment !== environment)
    inForce = { saved, environment, settings: { ...defaults, ...saved, ...fromEnvironment() } };
  return inForce.settings;
}

/** Where each setting's value comes from. */
export function gatewaySettingSources(): Record<Name, Source> {
  const names = Object.keys(gatewaySettingsSchema.shape) as Name[];
  const set = fromEnvironment();
  const sourceOf = (name: Name): Source => (name in set ? "environment" : name in state().saved ? "saved" : "default");
  return Object.fromEntries(names.map((name) => [name, sourceOf(name)])) as Record<Name, Source>;
}

/** Some of the settings, each with where its value comes from. */
export function sourcedSettings<N extends Name>(names: N[]): { [Each in N]: { value: GatewaySettings[Each]; source: Source } } {
  const [values, sources] = [gatewaySettings(), gatewaySettingSources()];
  const sourced = names.map((name) => [name, { value: values[name], source: sources[name] }]);
  return Object.fromEntries(sourced);
}

/** Reads the saved settings. While the database does not answer, those last read stand. */
export function loadGatewaySettings(): Promise<void> {
  const current = state();
  current.loading ??= findSetting(db(), savedUnder)
    .then((stored) => {
      current.saved = readable(stored);
    })
    .catch((error) => log().warn({ err: error }, "the gateway's settings could not be read; those last read stand"))
    .finally(() => {
      current.loadedAt = Date.now();
      current.loading = undefined;
    });
  return current.loading;
}

/** Saves changes; null takes a setting back to its default. @returns the settings in force */
export async function saveGatewaySettings(changes: { [N in Name]?: GatewaySettings[N] | null }): Promise<Readonly<GatewaySettings>> {
  const saved = await saveAuditedSetting({ key: savedUnder, name: "Gateway", readable }, changes);
  state().saved = readable(saved);
  return gatewaySettings();
}

/** What of a stored value still fits; a field that a former version wrote otherwise is left out. */
function readable(stored: unknown): Partial<GatewaySettings> {
  if (typeof stored !== "object" || stored === null) return {};
  const fields = Object.entries(stored).flatMap(([name, value]) => {
    const schema = gatewaySettingsSchema.shape[name as Name];
    const parsed = schema?.safeParse(value);
    return parsed?.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(fields);
}

function fromEnvironment(): Partial<GatewaySettings> {
  const set = Object.entries(variables).map(([name, variable]) => [name, env()[variable]]);
  return Object.fromEntries(set.filter(([, value]) => value !== undefined));
}
