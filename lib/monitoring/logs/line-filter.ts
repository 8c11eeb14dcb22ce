import { db } from "@/db/database";
import type { LineFilter } from "@/db/queries/log-lines";
import { findUserByEmail } from "@/db/queries/users";
import { type LogQuery, levels } from "./contract";

/** What a link asks for, as queries take it. A person may be named by the address they sign in with. */
export async function lineFilter({ level, text, request, user, run }: LogQuery): Promise<LineFilter> {
  const person = user?.includes("@") ? await findUserByEmail(db(), withoutNul(user).toLowerCase()) : null;
  const given = { text, requestId: request, userId: person?.id ?? user, runId: run };
  const set = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, withoutNul(value)]]));
  return { ...Object.fromEntries(set), ...(level && { level: levels[level] }) };
}

/** No stored text has this character, and Postgres takes none. */
const withoutNul = (text: string) => text.replaceAll("\u0000", "");
