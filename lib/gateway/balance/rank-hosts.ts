import { callError, type Target } from "../call-error";
import type { CallContext } from "../call-record";
import { currentHosts, knownHosts } from "../current-hosts";
import type { Host, HostModel } from "../gateway-state";
import { findHostModel } from "../host-model";
import { isLoaded } from "../is-loaded";
import { type Lane, laneOf, pauseLeftMs } from "../queue/lane";
import { prefixOf, splitModelId } from "../upstream";
import { conversationHosts } from "./conversation-hosts";

/** A host that may be asked; `known` is undefined when it did not list the model. */
export type Candidate = {
  target: Target;
  known: HostModel | undefined;
  lane: Lane;
  /** 0 is well and has the model. Calls wait for a place among the best tier alone: a worse host is no relief. */
  tier: number;
  isLoaded: boolean;
  /** It answered last in the conversation, so that the prompt may still be evaluated there. */
  isLast: boolean;
};

/**
 * The hosts that may answer, the best first: healthy ones, then the one that has the model loaded, then the conversation's
 * last, then the least busy, with whatever models, then the fastest to its first token. A host that seems down is among them:
 * it may be back, and what it answers is the true reason. One that lists its models without this one is among them only when
 * there is no other.
 * @throws ModelError `no_model` when no host has such models, or the model cannot chat and is to
 */
export async function rankHosts(modelId: string, context: CallContext, use: "chat" | "embedding" = "chat"): Promise<Candidate[]> {
  await currentHosts();
  const ranked = rankKnownHosts(modelId, context);
  if (ranked.length === 0) {
    const whose = hostsOf(modelId).length > 0 ? " that this key may use" : "";
    throw callError("no_model", `There is no model host for ${modelId}${whose}.`);
  }
  if (use === "chat" && ranked[0]?.known?.capabilities.embedding)
    throw callError("no_model", `${modelId} makes embeddings and cannot chat.`);
  return ranked;
}

/** The same as hosts are known at this moment, for a call that stands in line. Empty when there is none any more. */
export function rankKnownHosts(modelId: string, context: CallContext): Candidate[] {
  const { name } = splitModelId(modelId);
  const allowed = context.key?.upstreams;
  const hosts = hostsOf(modelId).filter(({ upstream }) => !allowed || allowed.includes(upstream.name));
  const { last, avoid } = conversationHosts(context.conversationId);
  const candidates = hosts.map((host): Candidate => {
    const { upstream } = host;
    const known = findHostModel(host, name);
    const lane = laneOf(upstream, known?.name ?? name);
    const isAvoided = upstream.id === avoid || pauseLeftMs(lane) > 0;
    return {
      target: { upstream, modelId, modelName: name },
      known,
      lane,
      tier: tierOf(host, known, isAvoided),
      isLoaded: known !== undefined && isLoaded(known),
      isLast: upstream.id === last,
    };
  });
  const having = candidates.some(({ tier }) => tier < notListed) ? candidates.filter(({ tier }) => tier < notListed) : candidates;
  return having.sort(compare);
}

function hostsOf(modelId: string): Host[] {
  const { prefix, name } = splitModelId(modelId);
  return knownHosts().filter(({ upstream }) => upstream.enabled && prefixOf(upstream) === prefix && name !== "");
}

/** Why a host is asked, in a few words, as in "loaded, 2 of 4 busy, 40 ms". */
export function describeChoice({ tier, isLoaded, isLast, lane }: Candidate): string {
  const { limit, firstTokenMs } = lane;
  // The call itself has its place by now.
  const running = lane.running - 1;
  const words = [
    tier > 0 && "no better one",
    isLoaded && "loaded",
    isLast && "knows the conversation",
    Number.isFinite(limit) ? `${running} of ${limit} busy` : `${running} busy`,
    firstTokenMs !== undefined && `${Math.round(firstTokenMs)} ms`,
  ];
  return words.filter(Boolean).join(", ");
}

/** From this tier on, a host says that it does not have the model. */
const notListed = 4;

function tierOf({ state }: Host, known: HostModel | undefined, isAvoided: boolean): number {
  if (state === "down") return known ? 3 : 5;
  if (state === "up" && !known) return notListed;
  if (isAvoided) return 2;
  return state === "up" ? 0 : 1;
}

function compare(a: Candidate, b: Candidate): number {
  return (
    a.tier - b.tier ||
    Number(b.isLoaded) - Number(a.isLoaded) ||
    Number(b.isLast) - Number(a.isLast) ||
    a.lane.ofHost.running - b.lane.ofHost.running ||
    a.lane.running - b.lane.running ||
    // One that has not been asked yet is worth a try.
    (a.lane.firstTokenMs ?? 0) - (b.lane.firstTokenMs ?? 0)
  );
}
