import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import type { CallRecord } from "../call-record";
import type { Hold } from "./hold";

const pending = () => processGlobal<Set<Promise<void>>>("policy-settlements", () => new Set());

/** Settles what a call holds, without the reply waiting for it. What cannot be settled runs out by itself. */
export function settleSoon(holds: Hold[], record: CallRecord | null): void {
  const settling = settleAll(holds, record).finally(() => pending().delete(settling));
  pending().add(settling);
}

/** Settles what a call holds. Never fails. */
export async function settleAll(holds: Hold[], record: CallRecord | null): Promise<void> {
  await Promise.all(
    holds.map((hold) => hold.settle(record).catch((error) => log().error({ err: error }, "what a call took could not be settled"))),
  );
}

/** Waits until every call that has ended is settled. */
export async function flushSettlements(): Promise<void> {
  await Promise.all(pending());
}
