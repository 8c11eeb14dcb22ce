/** Anthropic allows no smaller budget: https://docs.claude.com/en/docs/build-with-claude/extended-thinking */
const leastThinkingTokens = 1_024;

type Thinking = { type?: string; budget_tokens?: number };

/**
 * Makes thinking a part of the reply that a call is held to, as it is with every other provider. The provider package puts
 * its budget on top, and so more would be written than was asked for, and reserved. It gets up to half of the reply, and a
 * reply that is too short for any has none. A limit above the model's own is left at that, which the package has put there.
 */
export function withinLimit(body: Record<string, unknown>, maxOutputTokens: number): Record<string, unknown> {
  const thinking = body.thinking as Thinking | undefined;
  if (thinking?.type !== "enabled") return body;
  const limit = Math.min(maxOutputTokens, Number(body.max_tokens));
  if (limit <= leastThinkingTokens) return { ...body, max_tokens: limit, thinking: { type: "disabled" } };
  const most = Math.max(leastThinkingTokens, Math.floor(limit / 2));
  const budget = Math.min(thinking.budget_tokens ?? most, most);
  return { ...body, max_tokens: limit, thinking: { ...thinking, budget_tokens: budget } };
}
