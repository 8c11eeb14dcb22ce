import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { CallMeter } from "../call-meter";

type Noted = Parameters<CallMeter["note"]>[0];
type Aboard = { meter: CallMeter; joinedAt: number };

/**
 * Counts one call to a host for several callers: the first of them pays for it, to the others it is a hit.
 * When the first leaves, the next takes its place.
 */
export function sharedMeter(modelId: string) {
  const aboard: Aboard[] = [];
  const parts: Part[] = [];
  const facts: Noted = { model: modelId, upstream: "none" };
  let isAnswered = false;
  let isWhole = false;
  let workedMs: (() => number) | undefined;

  const meter: CallMeter = {
    note(noted) {
      Object.assign(facts, noted);
      for (const one of aboard) one.meter.note(one === aboard[0] ? noted : asHit(facts));
    },
    onHost(worked) {
      workedMs = worked;
      for (const one of aboard) one.meter.onHost(worked);
    },
    onAnswer(hostMs) {
      isAnswered = true;
      const now = performance.now();
      for (const one of aboard) one.meter.onAnswer(one === aboard[0] ? hostMs : now - one.joinedAt);
    },
    onWhole() {
      isWhole = true;
      for (const one of aboard) one.meter.onWhole();
    },
    onPart(part) {
      parts.push(part);
      for (const one of aboard) one.meter.onPart(part);
    },
    hasContent: () => aboard[0]?.meter.hasContent() ?? false,
    settle(settled) {
      for (const one of aboard) one.meter.settle(settled);
    },
  };
  return {
    meter,
    facts: facts as Readonly<Noted>,
    /** Counts for one more, who is told what the others know. */
    add(joining: CallMeter): void {
      aboard.push({ meter: joining, joinedAt: performance.now() });
      if (aboard.length === 1) return;
      joining.note(asHit(facts));
      if (workedMs) joining.onHost(workedMs);
      if (isAnswered) joining.onAnswer(0);
      if (isWhole) joining.onWhole();
      for (const part of parts) joining.onPart(part);
    },
    /** Counts no longer for one who leaves before the end. */
    remove(leaving: CallMeter): void {
      const at = aboard.findIndex(({ meter }) => meter === leaving);
      if (at < 0) return;
      aboard.splice(at, 1);
      leaving.note({ cache: "hit" });
      leaving.settle({ outcome: "stopped" });
      if (at === 0) aboard[0]?.meter.note({ ...facts, cache: "miss" });
    },
  };
}

const asHit = ({ model, requestedModel, upstream }: Noted): Noted => ({ model, requestedModel, upstream, cache: "hit", attempts: 0 });
