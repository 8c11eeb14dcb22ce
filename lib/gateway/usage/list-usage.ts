import { db } from "@/db/database";
import { listUsage as listSums } from "@/db/queries/usage";
import { InvalidRequestError } from "@/lib/core/errors";
import type { Page, PageQuery } from "@/lib/http/page";
import { recordReading } from "@/lib/monitoring/audit/record-reading";
import type { UsageGrouping, UsageRow } from "./contract";
import { type UsageFilters, usageScope } from "./usage-scope";

type Given = UsageFilters & PageQuery & { groupBy: UsageGrouping };

/** Usage added up by day, model, key or user. That an admin looks at others' is written down. A cursor holds the last one's key. @throws as `usageScope` does */
export async function listUsage({ limit, cursor, groupBy, ...filters }: Given): Promise<Page<UsageRow>> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const scope = usageScope(filters);
  await recordReading(filters.caller, { action: "usage.viewed", ownerId: scope.ownerId });
  const rows = await listSums(db(), scope, { groupBy, after, limit: limit + 1 });
  const items = rows.slice(0, limit).map(({ name, ...sums }) => ({ ...sums, label: labelOf(groupBy, sums.key, name) }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? Buffer.from(last.key).toString("base64url") : null };
}

function labelOf(groupBy: UsageGrouping, key: string, name: string | null): string {
  if (groupBy === "day" || groupBy === "model") return key;
  return name ?? (key || (groupBy === "key" ? "Without a key" : "Hearth itself"));
}

/** A key that Postgres can compare with. @throws InvalidRequestError for one that was not given out here */
function readCursor(cursor: string): string {
  const key = Buffer.from(cursor, "base64url").toString("utf8");
  if (!key.includes("\u0000")) return key;
  throw new InvalidRequestError("The cursor is not one this server gave out.", [
    { path: "query.cursor", message: "Use nextCursor from the page before" },
  ]);
}
