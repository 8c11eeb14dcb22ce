import { isDeepStrictEqual } from "node:util";
import { generateDrizzleJson } from "drizzle-kit/api";

/** Drizzle's description of a whole schema, as it stands beside each migration. */
type Snapshot = Record<string, unknown>;

/**
 * What `npm run db:generate` would write a migration for.
 * @param schema the modules of `db/schema`
 * @param newest the snapshot of the newest migration
 * @returns names such as `tables.public.calls`, empty when the migrations make exactly the schema
 */
export function schemaChanges(schema: Record<string, unknown>, newest: Snapshot): string[] {
  const now: Snapshot = JSON.parse(JSON.stringify(generateDrizzleJson(schema, undefined, undefined, "snake_case")));
  const parts = Object.keys({ ...now, ...newest }).filter((part) => !["id", "prevId", "_meta"].includes(part));
  return parts.flatMap((part) => differing(now[part], newest[part]).map((name) => (name ? `${part}.${name}` : part)));
}

function differing(now: unknown, before: unknown): string[] {
  if (isDeepStrictEqual(now, before)) return [];
  if (!isRecord(now) || !isRecord(before)) return [""];
  return Object.keys({ ...now, ...before }).filter((name) => !isDeepStrictEqual(now[name], before[name]));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
