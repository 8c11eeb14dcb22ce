import { networkInterfaces } from "node:os";
import type { Database } from "@/db/database";
import { env } from "@/lib/core/env";
import { processGlobal } from "@/lib/core/process-global";
import { listModels } from "@/lib/gateway/list-models";
import { type UpstreamState, upstreamStates } from "@/lib/gateway/upstream-states";

/** Where `server.ts` listens; absent under plain `next start`, which prints its own addresses. */
type Listening = { host: string; port: number } | null;

const line = (label: string, text: string) => process.stdout.write(`  ${label.padEnd(10)}${text}\n`);

/** Tells the person at the terminal where Hearth is and what it found: database, model hosts, models. */
export async function printBanner(database: Database): Promise<void> {
  const listening = processGlobal<Listening>("listening", () => null);
  process.stdout.write("\n  Hearth is ready.\n\n");
  const { HEARTH_URL } = env();
  if (HEARTH_URL) line("Public", HEARTH_URL);
  if (listening) for (const [label, address] of addresses(listening)) line(label, address);
  line("Database", `${database.kind === "embedded" ? "embedded, in" : "Postgres at"} ${database.label}`);
  const models = await listModels();
  for (const state of await upstreamStates()) if (state.enabled) line("Models", describe(state));
  if (models.length > 0)
    line(
      "",
      models
        .slice(0, 8)
        .map(({ id }) => id)
        .join(", ") + (models.length > 8 ? `, and ${models.length - 8} more` : ""),
    );
  process.stdout.write("\n");
}

function describe({ name, baseUrl, state, modelCount, error }: UpstreamState): string {
  const [reason = "does not answer"] = (error ?? "").split(". ");
  if (state === "down") return reason || `${name} does not answer`;
  const found = modelCount === 0 ? "no model yet" : `${modelCount} ${modelCount === 1 ? "model" : "models"}`;
  return `${name}${baseUrl ? ` at ${baseUrl}` : ""}: ${state === "unknown" && modelCount === 0 ? "has not answered yet" : found}`;
}

function addresses({ host, port }: { host: string; port: number }): [label: string, address: string][] {
  const everywhere = host === "0.0.0.0" || host === "::";
  if (!everywhere) return [["Open", `http://${host.includes(":") ? `[${host}]` : host}:${port}`]];
  const lan = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const visible = lan.filter(({ family, internal }) => family === "IPv4" && !internal);
  return [
    ["Open", `http://localhost:${port}`],
    ...visible.map(({ address }): [string, string] => ["Network", `http://${address}:${port}`]),
  ];
}
