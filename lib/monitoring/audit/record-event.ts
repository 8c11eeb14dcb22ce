import { type Db, db } from "@/db/database";
import { insertAuditEvent } from "@/db/queries/audit-events";
import { newId } from "@/lib/core/ids";
import { type Acting, acting } from "@/lib/http/acting";
import type { Caller } from "@/lib/http/caller";
import type { AuditAction } from "./contract";
import { withoutSecrets } from "./without-secrets";

type Values = Record<string, unknown> | null;

/** What happened. Of `before` and `after` only what differs is kept, where both are given. */
export type AuditEntry = {
  action: AuditAction;
  target?: { kind: string; id?: string | null; name?: string | null };
  before?: Values;
  after?: Values;
  outcome?: "done" | "refused";
  /** Who did it, where it is not the request's caller: somebody who signs in, whoever a shell belongs to. */
  actor?: { id: string | null; name: string; via?: Caller["via"]; address?: string; requestId?: string };
};

/** Who did what nobody asked for. */
export const hearthItself = { id: null, name: "Hearth" };

/** Writes down what happened, and whose request it was; in the transaction of the change, where `db` is one. */
export async function recordEvent(db: Db, { action, target, before, after, outcome = "done", actor }: AuditEntry): Promise<void> {
  const request = acting();
  const changed = differences(before ?? null, after ?? null);
  await insertAuditEvent(db, {
    id: newId(),
    at: new Date(),
    ...(actor ? { actorId: actor.id, actorName: actor.name, via: actor.via ?? null, keyId: null } : callerOf(request)),
    address: actor?.address ?? (actor === hearthItself ? null : (request?.address ?? null)),
    requestId: actor?.requestId ?? (actor === hearthItself ? null : (request?.requestId ?? null)),
    action,
    targetKind: target?.kind ?? null,
    targetId: target?.id ?? null,
    targetName: withoutSecrets(target?.name ?? null) as string | null,
    before: withoutSecrets(changed.before) as Values,
    after: withoutSecrets(changed.after) as Values,
    outcome,
  });
}

/** Makes a change and writes it down in one transaction: neither is there without the other. `change` must use the given transaction only. */
export function audited<T>(change: (tx: Db) => Promise<T>, describe: (result: T) => AuditEntry): Promise<T> {
  return db().transaction(async (tx) => {
    const result = await change(tx);
    await recordEvent(tx, describe(result));
    return result;
  });
}

function callerOf(request: Acting | null) {
  const caller = request?.caller;
  if (!caller) return { actorId: null, actorName: request ? "Nobody" : hearthItself.name, via: null, keyId: null };
  return { actorId: caller.userId, actorName: caller.email, via: caller.via, keyId: caller.key?.id ?? null };
}

function differences(before: Values, after: Values): { before: Values; after: Values } {
  if (!before || !after) return { before, after };
  const differs = (name: string) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  const only = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).filter(([name]) => differs(name)));
  return { before: only(before), after: only(after) };
}
