import { db } from "@/db/database";
import { deleteAuditEvents } from "@/db/queries/audit-events";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { hearthItself, recordEvent } from "./record-event";

const everyMs = 3_600_000;

type Loop = { timer?: NodeJS.Timeout; turn: Promise<void> };
const loop = () => processGlobal<Loop>("audit-trim-loop", () => ({ turn: Promise.resolve() }));

/** Removes events that are older than HEARTH_AUDIT_KEEP_DAYS, now and every hour until `stopAuditTrimLoop`. Without that setting nothing ever goes. */
export function startAuditTrimLoop(): void {
  const state = loop();
  if (state.timer || env().HEARTH_AUDIT_KEEP_DAYS === undefined) return;
  const turn = () => {
    state.turn = state.turn
      .then(trimAudit)
      .catch((error) => log().error({ err: error }, "old audit events could not be removed; the next turn does it"));
  };
  state.timer = setInterval(turn, everyMs).unref();
  turn();
}

/** Ends it, and waits for the turn that is under way. */
export async function stopAuditTrimLoop(): Promise<void> {
  clearInterval(loop().timer);
  loop().timer = undefined;
  await loop().turn;
}

/** Removes what is older than it is kept; that, too, is an event. */
export async function trimAudit(): Promise<void> {
  const { HEARTH_AUDIT_KEEP_DAYS: days } = env();
  if (days === undefined) return;
  const before = new Date(Date.now() - days * 86_400_000);
  let removed = 0;
  for (let count = await deleteAuditEvents(db(), before); count > 0; count = await deleteAuditEvents(db(), before)) removed += count;
  if (removed === 0) return;
  await recordEvent(db(), { action: "audit.trimmed", actor: hearthItself, target: { kind: "audit" }, after: { removed, before } });
}
