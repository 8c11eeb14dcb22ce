/**
 * The system prompt: the person's own when there is one, else a short neutral one.
 * Small models follow few words better than many.
 */
export function instructionsFor(system: string | undefined, toolNames: string[]): string {
  const base =
    system?.trim() ||
    "You are a helpful assistant. Answer clearly and to the point, in the language of the question. Use Markdown where it helps.";
  return toolNames.length === 0
    ? base
    : `${base}\n\nYou can use tools. Call one when it gives a more exact answer than you can, then answer with its result.`;
}

/** Asks a model that cannot go on from a half-written message to do so all the same. */
export const continueRequest =
  "Your last message broke off. Go on exactly where it stopped: do not repeat anything, do not comment, just write what comes next.";
