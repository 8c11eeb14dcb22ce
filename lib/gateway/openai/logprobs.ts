/** OpenAI's log probabilities of one chunk's tokens; entries go on as the host wrote them. */
export type Logprobs = { content: unknown[]; refusal: null };

/** The log probabilities in a host's own chunk, if it has any. */
export function logprobsOf(chunk: unknown): Logprobs | undefined {
  const { choices } = (chunk ?? {}) as { choices?: { logprobs?: { content?: unknown } | null }[] };
  const content = Array.isArray(choices) ? choices[0]?.logprobs?.content : undefined;
  return Array.isArray(content) ? { content, refusal: null } : undefined;
}
