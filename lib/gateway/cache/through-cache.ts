import type { LanguageModelV4StreamResult } from "@ai-sdk/provider";
import { processGlobal } from "@/lib/core/process-global";
import { countCacheUse } from "./cache-counts";
import type { Ask, CachedCall, Opened } from "./cached-call";
import { type EmbeddedQuestion, embedQuestion, soon } from "./embed-question";
import { findAnswer } from "./find-answer";
import { findSimilar } from "./find-similar";
import { keepAnswer } from "./keep-answer";
import { recallAnswer } from "./memory-cache";
import { type CachePlan, planCache } from "./plan-cache";
import { replayAnswer } from "./replay-answer";
import { sharedCall } from "./shared-call";

type Shared = ReturnType<typeof sharedCall>;
/** Calls that equal ones may join, by what they are and by what would answer them. */
const underWay = () => processGlobal("cache-under-way", () => new Map<string, Shared>());

/**
 * The cache stage: answers a call with what was answered before to the same one, or to a similar one where the key allows it,
 * else puts it to a host, once for all equal calls that come meanwhile, and keeps what comes.
 * Calls that `planCache` does not want go straight on.
 * @throws what `ask` throws · the abort's reason
 */
export async function throughCache(call: CachedCall, ask: Ask): Promise<LanguageModelV4StreamResult> {
  const plan = planCache(call);
  if (!plan) return ask(call);
  call.options.abortSignal?.throwIfAborted();
  // One that wants a fresh answer joins nobody, whose answer might be a kept one.
  if (call.context.cache === "skip") return share(call, plan, ask).join(call);
  const held = recallAnswer(plan.key);
  if (held) {
    noteLookUp(call)?.end("hit");
    return replayAnswer(held, call);
  }
  const name = `${plan.key} ${companyOf(call, plan)}`;
  const shared = underWay().get(name);
  if (shared) {
    noteLookUp(call)?.end("joined");
    return shared.join(call);
  }
  const begun = share(call, plan, ask, () => underWay().get(name) === begun && underWay().delete(name));
  underWay().set(name, begun);
  return begun.join(call);
}

/**
 * Who may join whom, of equal calls: one that takes a similar answer must not give it to one that does not; and a reply that
 * is read to its end and checked may come from models that those who read along with a stream do not want unchecked.
 */
function companyOf({ context, options }: CachedCall, { similar }: CachePlan): string {
  const isChecked = options.responseFormat !== undefined || options.toolChoice !== undefined;
  return `${similar?.atLeast ?? ""} ${isChecked && (context.isCollected ?? false)}`;
}

function share(call: CachedCall, plan: CachePlan, ask: Ask, onEnd: () => void = () => {}): Shared {
  const replaces = call.context.cache === "skip";
  let asked: EmbeddedQuestion | null = null;
  const open = async (shared: CachedCall): Promise<Opened> => {
    const lookUp = replaces ? undefined : noteLookUp(shared);
    const kept = replaces ? null : await findAnswer(plan);
    if (kept) {
      lookUp?.end("hit");
      return { kept };
    }
    const embedding = embedQuestion(plan, shared).then((found) => {
      asked = found;
      return found;
    });
    const question = plan.similar ? await soon(embedding) : null;
    const similar = replaces || !question ? null : await findSimilar(plan.scope, question);
    lookUp?.end(similar ? "similar" : "miss");
    if (similar) return similar;
    shared.options.abortSignal?.throwIfAborted();
    shared.meter.note({ cache: "miss" });
    countCacheUse(plan.model, "misses");
    return ask(shared);
  };
  return sharedCall(call, {
    open,
    onShared: () => countCacheUse(plan.model, "hits"),
    onWhole: ({ parts, upstream, isFallback }) => {
      // What another model answered would hide this one when it is back.
      if (!isFallback) keepAnswer(plan, { parts, upstream, asked, replaces });
    },
    onEnd,
  });
}

/** Records that the cache is asked, until what came of it is told. */
function noteLookUp({ context: { span } }: CachedCall) {
  const lookUp = span?.child({ kind: "cache", name: "look up in the cache" });
  return (
    lookUp && {
      end(cache: "hit" | "similar" | "joined" | "miss") {
        lookUp.note({ cache });
        lookUp.end();
      },
    }
  );
}
