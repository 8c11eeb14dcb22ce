import { type HostAnswer, ModelError, type ModelFailure } from "@/lib/core/errors";
import type { Upstream } from "./upstream";

/** Who was asked for what: every failure names both. */
export type Target = { upstream: Upstream; modelId: string; modelName: string };

const advice: Record<ModelFailure, string> = {
  host_refused: "Check that the host is running and that its address is right, or pick a model of another host.",
  key_rejected: "An admin must check the key of this host.",
  model_not_installed: "Install it on the host, or pick another model.",
  context_too_long: "Start a new chat, shorten the message, or pick a model with a longer context.",
  timed_out: "Try again, or pick a smaller or faster model.",
  overloaded: "Wait a moment and try again, or pick another model.",
  broke_off: "What came is kept. Continue the reply or try again.",
  bad_reply: "Try again. If it stays so, check that the address is really a model host of this kind.",
  bad_request: "Change what it asks for, or pick another model.",
  crashed: "Try again, or pick another model. The host's own log says more.",
  refused_by_policy: "Put it in other words, or pick another model.",
  no_model: "Pick another model.",
};

/** A failure of a call in two sentences: what happened, and what to do about it. */
export function callError(reason: ModelFailure, what: string, cause?: unknown, answer?: HostAnswer): ModelError {
  return new ModelError(reason, `${what} ${advice[reason]}`, { ...(cause !== undefined && { cause }), ...answer });
}

/** The host as people know it: its name, and its address when it has one. */
export function hostLabel({ name, baseUrl }: Upstream): string {
  return baseUrl ? `${name} (${new URL(baseUrl).host})` : name;
}

/** What a host said, in one short line and never with the key in it. */
export function quote(text: string, { apiKey }: Pick<Upstream, "apiKey">): string {
  const safe = apiKey ? text.replaceAll(apiKey, "[key]") : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a host's words go to people and logs, control characters must not
  const line = safe.replaceAll(/[\u0000-\u001f\u007f-\u009f\s]+/g, " ").trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
