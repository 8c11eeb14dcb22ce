import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { Attempt } from "../attempt";
import type { Candidate } from "../balance/rank-hosts";
import type { CallMeter } from "../call-meter";
import type { Opened } from "../call-provider";
import type { CallContext } from "../call-record";

/**
 * Asks one host once. `opened` settles with what the caller waits for: the first content of a reply, or all the vectors.
 * `onSettle` is told once, when the try is over.
 */
export type AskOnce<Answer> = (candidate: Candidate, onSettle: (attempt: Attempt) => void) => { attempt: Asking; opened: Promise<Answer> };

export type Asking = Pick<Attempt, "abort" | "isWhole">;

/** A call to one model, on its way through the hosts. */
export type ModelCall<Answer = Opened> = {
  modelId: string;
  use: "chat" | "embedding";
  context: CallContext;
  options: Pick<LanguageModelV4CallOptions, "abortSignal">;
  meter: Pick<CallMeter, "note" | "onHost">;
  askOnce: AskOnce<Answer>;
  /** What the call has taken so far, over all models and hosts it was put to. */
  effort: Effort;
};

export type Effort = { attempts: number; retries: number; queuedMs: number; hostMs: number };

/** What a call has taken before it begins. */
export const noEffort = (): Effort => ({ attempts: 0, retries: 0, queuedMs: 0, hostMs: 0 });
