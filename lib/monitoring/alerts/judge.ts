import type { AlertRow, AlertRuleRow } from "@/db/queries/alerts";

/** What becomes of a rule's alert about one subject. `pend` and `fire` begin one, or go on with the one there is. */
export type Verdict = "nothing" | "pend" | "fire" | "resolve" | "drop";

type Rule = Pick<AlertRuleRow, "comparison" | "threshold" | "forS" | "noData">;
type Active = Pick<AlertRow, "state" | "startedAt">;

/**
 * Judges a measured value (null: there is no data) by a rule, with the alert that is not yet resolved, if there is one.
 * One that holds is pending until it has held for `forS`, then fires; one that no longer holds is resolved when it had
 * fired, else dropped as if it had never been.
 */
export function judge(rule: Rule, active: Active | undefined, { value, now }: { value: number | null; now: Date }): Verdict {
  if (value === null && rule.noData === "keep") return "nothing";
  if (!holds(rule, value)) return active ? (active.state === "firing" ? "resolve" : "drop") : "nothing";
  if (active?.state === "firing") return "nothing";
  const heldMs = active ? now.getTime() - active.startedAt.getTime() : 0;
  return heldMs >= rule.forS * 1_000 ? "fire" : active ? "nothing" : "pend";
}

function holds({ comparison, threshold, noData }: Rule, value: number | null): boolean {
  if (value === null) return noData === "alert";
  return comparison === "above" ? value > threshold : value < threshold;
}
