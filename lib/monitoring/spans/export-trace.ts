import type { Caller } from "@/lib/http/caller";
import { getTraceRows } from "./get-trace";
import { toOtlp } from "./otlp/to-otlp";

/** A trace as a file in OTLP's JSON encoding. @throws NotFoundError also for another owner's */
export async function exportTrace(caller: Caller, traceId: string): Promise<Response> {
  const rows = await getTraceRows(caller, traceId);
  return Response.json(toOtlp(rows), {
    headers: { "content-disposition": `attachment; filename="hearth-trace-${traceId}.json"`, "cache-control": "no-store" },
  });
}
