import type { Db } from "@/db/database";
import type { RunRow } from "@/db/queries/runs";
import { factsOf } from "@/lib/agent/approvals/contract";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { type AskedPart, toolNameOf } from "./find-asked";

/** Writes down who allowed or refused which call, in the decision's own transaction. */
export async function recordDecision(
  tx: Db,
  { run, asked, decided }: { run: RunRow; asked: AskedPart; decided: AskedPart },
): Promise<void> {
  const { approved, reason } = decided.approval;
  const { proposed, remember } = factsOf(decided.approval) ?? {};
  const changed = proposed === undefined ? "approval.given" : "approval.given_changed";
  await recordEvent(tx, {
    action: approved ? changed : "approval.refused",
    target: { kind: "tool", id: asked.toolCallId, name: toolNameOf(asked) },
    ...(proposed !== undefined && { before: { input: proposed } }),
    after: { input: decided.input, reason, remember, runId: run.id, conversationId: run.conversationId },
  });
}
