import { AsyncLocalStorage } from "node:async_hooks";
import { processGlobal } from "@/lib/core/process-global";
import type { Caller } from "./caller";

/** The request that code runs for: whose it is (null while nobody has signed in), from which address, under which id. */
export type Acting = { caller: Caller | null; address: string; requestId: string };

const storage = () => processGlobal("acting", () => new AsyncLocalStorage<Acting | null>());

/** Runs a request's handler so that whatever it calls can tell whose request it is. */
export function actAs<T>(acting: Acting, run: () => T): T {
  return storage().run(acting, run);
}

/** Runs what a request only happens to set off, so that it does not count as that request's. */
export function inBackground<T>(run: () => T): T {
  return storage().run(null, run);
}

/** The request that this runs for; null in the background. */
export function acting(): Acting | null {
  return storage().getStore() ?? null;
}
