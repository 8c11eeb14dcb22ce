import { db } from "@/db/database";
import { findRunOfMessage, listTraceSpans } from "@/db/queries/traces";
import { flushSpans } from "./span-queue";

/** The id of the trace of a reply; null when there is none: the reply is not the owner's, or its trace is no longer kept. */
export async function traceOfMessage(by: { messageId: string; ownerId: string }): Promise<string | null> {
  const traceId = await findRunOfMessage(db(), by);
  if (!traceId) return null;
  await flushSpans();
  const [root] = await listTraceSpans(db(), { traceId, ownerId: by.ownerId, limit: 1 });
  return root ? traceId : null;
}
