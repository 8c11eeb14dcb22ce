import type { MessageMetadata } from "@/lib/chat/ui-message";

type Usage = NonNullable<MessageMetadata["usage"]>;
type Fact = { text: string; title: string };

const whole = new Intl.NumberFormat("en-GB");

/** What a reply took, for people: whether it was kept, tokens, the wait for the first, the rate after it, and money when there was any. */
export function describeUsage(usage: Usage): Fact[] {
  const { inputTokens, outputTokens, tokensEstimated, costUsd, cache, durationMs, timeToFirstTokenMs } = usage;
  const about = tokensEstimated ? "about " : "";
  const facts: Fact[] = [
    ...(cache ? [fromCache[cache]] : []),
    {
      text: `${about}${whole.format(outputTokens)} ${outputTokens === 1 ? "token" : "tokens"}`,
      title: `Tokens: ${about}${whole.format(inputTokens)} in, ${about}${whole.format(outputTokens)} out${extras(usage)}`,
    },
  ];
  if (timeToFirstTokenMs > 0) facts.push({ text: `${seconds(timeToFirstTokenMs)} to first token`, title: "Time to first token" });
  const writingMs = usage.writingMs ?? durationMs - timeToFirstTokenMs;
  // The pace at which a kept answer is shown is no model's.
  if (!cache && writingMs > 0 && outputTokens > 1)
    facts.push({ text: `${rate(((outputTokens - 1) * 1000) / writingMs)} tokens/s`, title: "Tokens a second while they were written" });
  if (costUsd > 0) facts.push({ text: money(costUsd), title: "Cost in US dollars" });
  return facts;
}

const fromCache: Record<NonNullable<Usage["cache"]>, Fact> = {
  hit: { text: "from cache", title: "A kept answer to the same question. Regenerate asks the model" },
  similar: { text: "from cache", title: "A kept answer to a similar question. Regenerate asks the model" },
};

function extras({ cachedTokens, reasoningTokens, tokensEstimated }: Usage): string {
  const cached = cachedTokens ? `, ${whole.format(cachedTokens)} of them cached` : "";
  const reasoning = reasoningTokens ? `, ${whole.format(reasoningTokens)} for reasoning` : "";
  return `${cached}${reasoning}${tokensEstimated ? ". Estimated: the host gave no counts" : ""}`;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

const rate = (perSecond: number) => (perSecond < 10 ? perSecond.toFixed(1) : whole.format(Math.round(perSecond)));
const money = (usd: number) => `$${usd < 0.01 ? usd.toPrecision(2) : usd.toFixed(3)}`;
