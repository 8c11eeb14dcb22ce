import { sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/db/database";
import type { readiness as readinessShape } from "./contract";
import { currentHosts } from "./current-hosts";
import { isExpected } from "./is-expected";

const databaseMs = 2_000;

export type Readiness = z.infer<typeof readinessShape>;

/**
 * Whether chats can be stored and answered, and what is missing. Anybody may ask, so that a host's failure is named but
 * neither its address nor its words are told.
 */
export async function checkReadiness({ jobsOk }: { jobsOk: boolean }): Promise<{ isReady: boolean; readiness: Readiness }> {
  const [databaseOk, hosts] = await Promise.all([databaseAnswers(), currentHosts()]);
  const models = hosts
    .filter((host) => host.upstream.enabled && isExpected(host))
    .map(({ upstream, state, reason, since }) => ({
      upstream: upstream.name,
      ok: state === "up",
      state,
      error: reason,
      since: since?.toISOString() ?? null,
    }));
  const hasModel = hosts.some(
    (host) => host.upstream.enabled && host.state === "up" && host.models.some((model) => !model.capabilities.embedding),
  );
  return { isReady: databaseOk && jobsOk && hasModel, readiness: { database: { ok: databaseOk }, models, jobs: { ok: jobsOk } } };
}

async function databaseAnswers(): Promise<boolean> {
  const answer = Promise.resolve()
    .then(() => db().execute(sql`select 1`))
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answer, new Promise<boolean>((resolve) => setTimeout(resolve, databaseMs, false).unref())]);
}
