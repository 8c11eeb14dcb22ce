import { db } from "@/db/database";
import { findLiveSession } from "@/db/queries/sessions";
import type { Caller } from "@/lib/http/caller";

/** Whether the sign-in that a call came with still stands: for answers that go on for long, such as streams of events. */
export async function sessionStands({ sessionId, userId, via }: Caller): Promise<boolean> {
  const found = await findLiveSession(db(), { sessionId, userId, kind: via === "cookie" ? "browser" : "api" });
  return found !== null && found.role !== "pending";
}
