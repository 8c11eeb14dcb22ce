import type { Metadata } from "next";
import { SessionList } from "@/components/settings/session-list";
import { listSessions } from "@/lib/auth/list-sessions";
import { pageCaller } from "@/lib/auth/page-caller";
import { endSession } from "../actions";

export const metadata: Metadata = { title: "Sessions" };

/** Where the reader is signed in. */
export default async function SessionsPage() {
  const sessions = await listSessions(await pageCaller());
  return <SessionList sessions={sessions} now={new Date()} end={endSession} />;
}
