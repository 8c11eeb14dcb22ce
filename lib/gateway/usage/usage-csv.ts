import { db } from "@/db/database";
import { listUsageDays, listUsageRows, type UsageDay } from "@/db/queries/usage";
import { csvLine } from "@/lib/http/csv-line";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { type UsageFilters, usageScope } from "./usage-scope";

const columns: [name: string, value: (row: UsageDay) => string | number | null][] = [
  ["day", ({ day }) => day],
  ["user_id", ({ ownerId }) => ownerId],
  ["user", ({ email }) => email],
  ["key_id", ({ keyId }) => keyId],
  ["key", ({ keyName }) => keyName],
  ["model", ({ model }) => model],
  ["host", ({ upstream }) => upstream],
  ["purpose", ({ purpose }) => purpose],
  ["calls", ({ calls }) => calls],
  ["failures", ({ failures }) => failures],
  ["cache_hits", ({ cacheHits }) => cacheHits],
  ["input_tokens", ({ inputTokens }) => inputTokens],
  ["output_tokens", ({ outputTokens }) => outputTokens],
  ["cached_tokens", ({ cachedTokens }) => cachedTokens],
  ["cost_usd", ({ costUsd }) => costUsd],
];

/** Usage as a CSV file (RFC 4180), read and sent day by day. @throws as `usageScope` does */
export async function usageCsv(filters: UsageFilters): Promise<Response> {
  const scope = usageScope(filters);
  const days = await listUsageDays(db(), scope);
  await recordEvent(db(), { action: "usage.exported", target: { kind: "usage", id: scope.ownerId }, after: { format: "csv", ...scope } });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvLine(columns.map(([name]) => name)))),
    async pull(controller) {
      const day = days.shift();
      if (day === undefined) return controller.close();
      const rows = await listUsageRows(db(), { ...scope, from: day, to: day });
      // An empty chunk would not count as an answer to the pull.
      if (rows.length === 0) return controller.close();
      controller.enqueue(encoder.encode(rows.map((row) => csvLine(columns.map(([, value]) => value(row)))).join("")));
    },
  });
  const name = `hearth-usage-${scope.from}-to-${scope.to}.csv`;
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}
