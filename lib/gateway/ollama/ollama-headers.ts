import type { Upstream } from "../upstream";

/** An Ollama behind a proxy may ask for a key. */
export const ollamaHeaders = ({ apiKey }: Pick<Upstream, "apiKey">): Record<string, string> =>
  apiKey ? { authorization: `Bearer ${apiKey}` } : {};
