import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart, LanguageModelV4StreamResult } from "@ai-sdk/provider";
import type { CallMeter } from "../call-meter";
import type { CallContext } from "../call-record";
import type { Admission } from "../policy/admit-call";

/** A call to a model as it comes to the cache. */
export type CachedCall = {
  modelId: string;
  context: CallContext;
  options: LanguageModelV4CallOptions;
  meter: CallMeter;
  mayStandIn: Admission["mayStandIn"];
};

/** Puts a call to a host; the stages behind the cache. */
export type Ask = (call: CachedCall) => Promise<LanguageModelV4StreamResult>;

/** An answer that can be given again. `key` tells what it answers, `scope` whose it is, `ownerId` whose call it was the answer to. */
export type KeptAnswer = {
  key: string;
  scope: string;
  ownerId: string | null;
  model: string;
  upstream: string;
  parts: LanguageModelV4StreamPart[];
  sizeBytes: number;
  expiresAt: Date;
};

/** What a call is answered with: a kept answer, that of a similar question among them, or a host's. */
export type Opened = { kept: KeptAnswer; similarTo?: string } | LanguageModelV4StreamResult;
