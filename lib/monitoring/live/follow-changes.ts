import { signedInStream } from "@/lib/auth/signed-in-stream";
import { log } from "@/lib/core/log";
import type { Caller } from "@/lib/http/caller";
import type { FollowQuery } from "./contract";
import { type Change, onChange } from "./tell-change";

/** A page hears of changes this seldom, however many there are; the last is never lost. */
const tellEveryMs = 1_000;
/** How often it is looked at what goes on now, which costs no query. */
const lookEveryMs = 2_000;

/**
 * Server-sent events that say when there is something new: of everybody for admins, else of the caller's own. Admins who
 * follow calls hear what `readNow` says as often as it says something else.
 */
export function followChanges<Now>(
  caller: Caller,
  query: FollowQuery,
  { readNow }: { readNow: () => Promise<Now> },
): ReadableStream<Uint8Array> {
  const isAdmin = caller.role === "admin";
  return signedInStream(caller, { role: isAdmin ? "admin" : undefined }, (send) => {
    const sendSoon = atMostEvery(tellEveryMs, () => send({ type: "changed" }));
    const since = query.since === undefined ? undefined : Date.parse(query.since);
    const unsubscribe = onChange((change) => {
      if (concerns(change, caller, query)) sendSoon.call();
    }, since);
    const stopLooking = isAdmin && query.of === "calls" ? lookAgain(readNow, (now) => send({ type: "now", now })) : () => {};
    return {
      stop() {
        unsubscribe();
        sendSoon.stop();
        stopLooking();
      },
    };
  });
}

function concerns({ of, changed }: Change, { role, userId }: Caller, query: FollowQuery): boolean {
  if (of !== query.of || (of === "alerts" && role !== "admin")) return false;
  if (changed === null) return true;
  return changed.some(
    ({ ownerId, traceId }) => (role === "admin" || ownerId === userId) && (query.trace === undefined || query.trace === traceId),
  );
}

function atMostEvery(everyMs: number, task: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  const run = () => {
    isDue = false;
    task();
    timer = setTimeout(() => {
      timer = undefined;
      if (isDue) run();
    }, everyMs).unref();
  };
  return {
    call: () => {
      isDue = true;
      if (!timer) run();
    },
    stop: () => clearTimeout(timer),
  };
}

function lookAgain<Now>(read: () => Promise<Now>, tell: (now: Now) => void): () => void {
  let last = "";
  let isOver = false;
  const look = async () => {
    try {
      const now = await read();
      const text = JSON.stringify(now);
      if (isOver || text === last) return;
      last = text;
      tell(now);
    } catch (error) {
      log().warn({ err: error }, "what goes on now could not be read; the next look does it");
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs).unref();
  void look();
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
