import { watchSignIn } from "@/lib/auth/watch-sign-in";
import { UnauthenticatedError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";

/** What may end a call of `/v1` before its time. Whoever begins it ends it, by `end`. */
export type CallSignal = { signal: AbortSignal; abort: (reason?: unknown) => void; end: () => void };

/**
 * Aborted when the client goes away, and with an UnauthenticatedError at most three seconds after the sign-in or key that
 * the call came with has ended: nobody is told anything more by then, and no host works on.
 */
export function callSignal(caller: Caller, client: AbortSignal): CallSignal {
  const controller = new AbortController();
  const leave = () => controller.abort(client.reason);
  if (client.aborted) leave();
  else client.addEventListener("abort", leave, { once: true });
  const stopWatching = watchSignIn(caller, () => controller.abort(new UnauthenticatedError()));
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    end() {
      stopWatching();
      client.removeEventListener("abort", leave);
    },
  };
}
