import { db } from "@/db/database";
import { type AuditRow, listAuditEvents } from "@/db/queries/audit-events";
import type { Caller } from "@/lib/http/caller";
import { csvLine } from "@/lib/http/csv-line";
import { auditScope } from "./audit-scope";
import type { AuditFilters } from "./contract";
import { recordEvent } from "./record-event";

const rowsAtOnce = 500;

const columns = [
  ...(["at", "actorId", "actorName", "via", "keyId", "address", "requestId", "action", "targetKind", "targetId", "targetName"] as const),
  ...(["before", "after", "outcome", "id"] as const),
];

const formats = {
  csv: { type: "text/csv; charset=utf-8", head: csvLine(columns.map(snakeCase)), line: csvOf },
  ndjson: { type: "application/x-ndjson; charset=utf-8", head: "", line: (row: AuditRow) => `${JSON.stringify(row)}\n` },
} as const;

/** Every event that fits, the newest first, as a file that is read and sent bit by bit. Writes down that it was exported. @throws ForbiddenError for others than admins */
export async function exportAudit(caller: Caller, format: keyof typeof formats, filters: AuditFilters): Promise<Response> {
  // What happens meanwhile, this export's own event included, is not part of it.
  const scope = auditScope(caller, { ...filters, to: filters.to ?? new Date().toISOString() });
  await recordEvent(db(), { action: "audit.exported", target: { kind: "audit", name: format }, after: { ...filters } });
  const { type, head, line } = formats[format];
  const encoder = new TextEncoder();
  let after: { at: string; id: string } | null = null;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (head) controller.enqueue(encoder.encode(head));
    },
    async pull(controller) {
      const rows: AuditRow[] = await listAuditEvents(db(), scope, { after, limit: rowsAtOnce });
      const last = rows.at(-1);
      if (!last) return controller.close();
      after = { at: last.at.toISOString(), id: last.id };
      controller.enqueue(encoder.encode(rows.map(line).join("")));
      if (rows.length < rowsAtOnce) controller.close();
    },
  });
  const name = `hearth-audit-${new Date().toISOString().slice(0, 10)}.${format}`;
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  });
}

function csvOf(row: AuditRow): string {
  return csvLine(
    columns.map((name) => {
      const value = row[name];
      if (value instanceof Date) return value.toISOString();
      return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
    }),
  );
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
