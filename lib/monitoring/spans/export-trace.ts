import { db } from "@/db/database";
import type { Caller } from "@/lib/http/caller";
import { recordEvent } from "../audit/record-event";
import { getTraceRows } from "./get-trace";
import { toOtlp } from "./otlp/to-otlp";

/** A trace as a file in OTLP's JSON encoding. That an admin takes another's along is written down. @throws NotFoundError also for another owner's */
export async function exportTrace(caller: Caller, traceId: string): Promise<Response> {
  const rows = await getTraceRows(caller, traceId);
  const ownerId = rows[0]?.ownerId ?? null;
  if (ownerId !== caller.userId)
    await recordEvent(db(), { action: "trace.exported", target: { kind: "trace", id: traceId }, after: { format: "otlp", ownerId } });
  return Response.json(toOtlp(rows), {
    headers: { "content-disposition": `attachment; filename="hearth-trace-${traceId}.json"`, "cache-control": "no-store" },
  });
}
