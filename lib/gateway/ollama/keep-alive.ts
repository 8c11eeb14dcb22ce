/**
 * How long a model stays in memory after a call, in the form that Ollama reads: a text with a unit, as `10m`, or a number of
 * seconds, of which -1 is for ever. It does not understand a number in a text.
 */
export function keepAliveField(keepAlive: string | null | undefined): { keep_alive?: string | number } {
  if (!keepAlive) return {};
  return { keep_alive: /^-?\d+$/.test(keepAlive) ? Number(keepAlive) : keepAlive };
}
