/** Kinds of failure as a chart's legend has them. */
const reasons: Record<string, string> = {
  host_refused: "Host refused",
  key_rejected: "Key rejected",
  model_not_installed: "Model not installed",
  context_too_long: "Context too long",
  timed_out: "Timed out",
  overloaded: "Overloaded",
  broke_off: "Broke off",
  bad_reply: "Bad reply",
  bad_request: "Bad request",
  crashed: "Crashed",
  refused_by_policy: "Refused by policy",
  no_model: "No model",
  "": "Unknown",
};
const purposes: Record<string, string> = {
  chat: "Chat",
  title: "Title",
  embedding: "Embedding",
  check: "Check",
  api: "API",
  copilot: "Copilot",
};

export const outcomeNames = { complete: "Complete", stopped: "Stopped", failed: "Failed" } as const;
export const purposeNames = purposes;

/** A kind of failure in words. */
export const reasonText = (reason: string) => reasons[reason] ?? reason;

/** What a call was for, in a word. */
export const purposeText = (purpose: string) => purposes[purpose] ?? purpose;

/** How a call ended, in words. */
export function outcomeText(outcome: string, reason: string | null): string {
  if (outcome === "failed") return reasonText(reason ?? "");
  return outcome === "stopped" ? outcomeNames.stopped : outcomeNames.complete;
}
