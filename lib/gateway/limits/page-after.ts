import { decodeCursor, type Page, type PageQuery, toPage } from "@/lib/http/page";

/** A page of a list that is in memory, oldest first. */
export function pageAfter<T extends { id: string; createdAt: Date }>(rows: T[], { limit, cursor }: PageQuery): Page<T> {
  const after = cursor ? decodeCursor(cursor) : null;
  const isAfter = ({ createdAt, id }: T) => {
    const at = createdAt.toISOString();
    return !after || at > after.at || (at === after.at && id > after.id);
  };
  const inOrder = rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  return toPage(inOrder.filter(isAfter), limit, (row) => row.createdAt);
}
