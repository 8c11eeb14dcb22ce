import { z } from "zod";
import { InvalidRequestError } from "@/lib/core/errors";

/** Query fields of every list: `limit` 1 to 100, 50 unless told, and the `cursor` of the page before. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});

export type PageQuery = z.infer<typeof pageQuery>;

/** The answer of every list. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export type Page<T> = { items: T[]; nextCursor: string | null };

/** A cursor is a sort key and an id, opaque to callers. */
export type Cursor = { at: string; id: string };

/** No row is older than Unix time, and Postgres has no year 0. */
const moment = z.iso.datetime().refine((at) => Date.parse(at) >= 0);
const cursorShape = z.object({ at: moment, id: z.uuid() });

/** Encodes where a page ended. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Reads a cursor we gave out. @throws InvalidRequestError when it is not one of ours */
export function decodeCursor(text: string): Cursor {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    throw new InvalidRequestError("The cursor is not one this server gave out.", [
      { path: "query.cursor", message: "Use nextCursor from the page before" },
    ]);
  }
}

/** Cuts rows fetched with `limit + 1` to a page. */
export function toPage<T extends { id: string }>(rows: T[], limit: number, sortedBy: (row: T) => Date): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor({ at: sortedBy(last).toISOString(), id: last.id }) : null };
}
