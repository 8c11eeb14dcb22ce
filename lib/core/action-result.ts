import type { Problem } from "./problem";

/** What a server action gives: the value, or the problem to show. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; problem: Problem };
