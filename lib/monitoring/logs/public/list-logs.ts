import { db } from "@/db/database";
import { listLines } from "@/db/queries/log-lines";
import type { Caller } from "@/lib/http/caller";
import { decodeCursor, type Page, type PageQuery, toPage } from "@/lib/http/page";
import type { LogFilters, LogLine } from "../contract";
import { flushLines } from "../flush-lines";
import { toLine } from "../to-line";
import { filterOf } from "./filter-of";

/** A page of the lines that are kept, the newest first. @throws ForbiddenError for others than admins · InvalidRequestError for a cursor that was not given out here */
export async function listLogs(caller: Caller, { limit, cursor, ...filters }: LogFilters & PageQuery): Promise<Page<LogLine>> {
  const filter = await filterOf(caller, filters);
  const before = cursor ? decodeCursor(cursor) : null;
  await flushLines();
  const { items, nextCursor } = toPage(await listLines(db(), filter, { before, limit: limit + 1 }), limit, ({ at }) => at);
  return { items: items.map(toLine), nextCursor };
}
