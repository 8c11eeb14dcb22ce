import type { LogLineRow } from "@/db/queries/log-lines";
import type { LogLine } from "./contract";

/** A row as pages have it. */
export const toLine = (row: LogLineRow): LogLine => ({ ...row, at: row.at.toISOString() });
