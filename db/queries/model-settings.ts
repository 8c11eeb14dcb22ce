import { sql } from "drizzle-orm";
import type { Db } from "../database";
import { modelSettings } from "../schema/gateway";

export type ModelSettings = typeof modelSettings.$inferSelect;

/** What admins set for models. Models belong to the installation, not to a user. */
export function listModelSettings(db: Db): Promise<ModelSettings[]> {
  return db.select().from(modelSettings);
}

/** Sets some of a model's settings; the others stay as they are, or at their defaults. */
export async function upsertModelSettings(
  db: Db,
  modelId: string,
  change: Partial<Omit<ModelSettings, "modelId" | "updatedAt">>,
): Promise<void> {
  await db
    .insert(modelSettings)
    .values({ modelId, ...change })
    .onConflictDoUpdate({ target: modelSettings.modelId, set: { ...change, updatedAt: sql`now()` } });
}
