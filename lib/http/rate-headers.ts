import type { Taken } from "./take-from-minute";

/**
 * How a limit stands, as response headers: what it is, what is left, and the seconds until it is whole again.
 * Source: https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-06, the draft that clients read most.
 */
export function rateHeaders({ limit, remaining, resetsAt }: Pick<Taken, "limit" | "remaining" | "resetsAt">): Record<string, string> {
  return {
    "ratelimit-limit": String(limit),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(Math.max(0, Math.ceil((resetsAt - Date.now()) / 1_000))),
  };
}
