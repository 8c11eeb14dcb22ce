import { db } from "@/db/database";
import { listKeyRows } from "@/db/queries/api-keys";
import type { Caller } from "@/lib/http/caller";
import { decodeCursor, type Page, toPage } from "@/lib/http/page";
import { requireAdmin } from "../require-admin";
import type { ApiKey } from "./contract";
import { toApiKey } from "./to-api-key";

/** A page of the caller's keys, or of everybody's, newest first; those that ended too. @throws ForbiddenError when others than admins ask for all */
export async function listKeys(caller: Caller, given: { all: boolean; limit: number; cursor?: string }): Promise<Page<ApiKey>> {
  const { all, limit, cursor } = given;
  if (all) requireAdmin(caller);
  const ownerId = all ? null : caller.userId;
  const rows = await listKeyRows(db(), { ownerId, limit, cursor: cursor ? decodeCursor(cursor) : undefined });
  const page = toPage(rows, limit, (row) => row.createdAt);
  return { ...page, items: page.items.map(toApiKey) };
}
