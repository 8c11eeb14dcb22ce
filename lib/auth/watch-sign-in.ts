import { db } from "@/db/database";
import { findLiveKeyById } from "@/db/queries/api-keys";
import { findLiveSession } from "@/db/queries/sessions";
import type { Role } from "@/db/queries/users";
import { onRowsChanged } from "@/db/remember";
import type { Caller } from "@/lib/http/caller";

/** How long an answer may go on after its sign-in or key has ended. */
const lookEveryMs = 3_000;

type WatchOptions = {
  /** The role that the account must keep; any that is let in unless told. */
  role?: "admin";
  /** Looks also as soon as this process has changed a sign-in. For few watches only: each change makes each of them look. */
  promptly?: boolean;
};

/**
 * Looks from time to time whether the sign-in or API key that a call came with still stands, for answers that go on for
 * long, as streams do: one that is revoked, or whose account is, must not be told anything more.
 * @param onEnd called once, when it stands no longer
 * @returns what ends the watch
 */
export function watchSignIn(caller: Caller, onEnd: () => void, { role, promptly = false }: WatchOptions = {}): () => void {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    isOver = true;
    clearTimeout(timer);
    stopListening();
  };
  const look = async () => {
    clearTimeout(timer);
    // A database that does not answer signs nobody out.
    const isSignedIn = await stands(caller, role).catch(() => true);
    if (isOver) return;
    clearTimeout(timer);
    timer = setTimeout(look, lookEveryMs).unref();
    if (isSignedIn) return;
    end();
    onEnd();
  };
  const stopListening = promptly ? onRowsChanged(() => void look()) : () => {};
  timer = setTimeout(look, lookEveryMs).unref();
  return end;
}

async function stands(caller: Caller, needed?: "admin"): Promise<boolean> {
  const role = await roleNow(caller);
  return needed ? role === needed : role !== undefined && role !== "pending";
}

async function roleNow(caller: Caller): Promise<Role | undefined> {
  const { userId, via } = caller;
  if (via === "key") return (await findLiveKeyById(db(), { id: caller.key.id, ownerId: userId }))?.owner.role;
  return (await findLiveSession(db(), { sessionId: caller.sessionId, userId, kind: via === "cookie" ? "browser" : "api" }))?.role;
}
