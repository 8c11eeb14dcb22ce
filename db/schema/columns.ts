import { customType, timestamp } from "drizzle-orm/pg-core";

/** A moment, to the millisecond: what a JavaScript date holds, so that cursors compare exactly. */
export const at = () => timestamp({ withTimezone: true, precision: 3 });

/** When the row was made. */
export const createdAt = () => at().notNull().defaultNow();

/** Postgres full-text vector; only ever written by the database. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
