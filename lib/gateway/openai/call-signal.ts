import { watchSignIn } from "@/lib/auth/watch-sign-in";
import { UnauthenticatedError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";
import { openCall } from "./open-calls";

/** What may end a call of `/v1` before its time. Whoever begins it ends it, by `end`. */
export type CallSignal = { signal: AbortSignal; abort: (reason?: unknown) => void; end: () => void };

/**
 * Aborted when the client goes away, and with an UnauthenticatedError at most three seconds after the sign-in or key that
 * the call came with has ended: nobody is told anything more by then, and no host works on. Aborted too when Hearth is
 * taken down and the call does not end in time.
 * @throws OpenaiError 503 `shutting_down`
 */
export function callSignal(caller: Caller, client: AbortSignal): CallSignal {
  const controller = new AbortController();
  const close = openCall((reason) => controller.abort(reason));
  const leave = () => controller.abort(client.reason);
  if (client.aborted) leave();
  else client.addEventListener("abort", leave, { once: true });
  const stopWatching = watchSignIn(caller, () => controller.abort(new UnauthenticatedError()));
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    end() {
      close();
      stopWatching();
      client.removeEventListener("abort", leave);
    },
  };
}
