import { db } from "@/db/database";
import { listLiveSessions } from "@/db/queries/sessions";
import type { Caller } from "@/lib/http/caller";

/** A sign-in as its owner sees it. */
export type SessionInfo = {
  id: string;
  kind: "browser" | "api";
  userAgent: string;
  address: string;
  createdAt: Date;
  lastSeenAt: Date;
  isCurrent: boolean;
};

/** The caller's sign-ins that stand, last used first. */
export async function listSessions(caller: Caller): Promise<SessionInfo[]> {
  const rows = await listLiveSessions(db(), caller.userId);
  return rows.map(({ id, kind, userAgent, address, createdAt, lastSeenAt }) => ({
    id,
    kind,
    userAgent,
    address,
    createdAt,
    lastSeenAt,
    isCurrent: id === caller.sessionId,
  }));
}
