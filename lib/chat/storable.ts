/** Deeper than any tool's input or output, and far from the depth at which writing JSON fails. */
const maxDepth = 100;
const tooDeep = "(left out: nested too deeply)";

/**
 * A value of JSON as Postgres can hold it: without NUL, with U+FFFD in place of half a surrogate pair, and of bounded depth.
 * Models and hosts do send such things, and one of them would fail the statement that stores every run's chunks.
 */
export function storable<T>(value: T): T {
  return clean(value, 0) as T;
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === maxDepth) return tooDeep;
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  // What writes itself as JSON, as a date does, is no plain object.
  if ("toJSON" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), clean(item, depth + 1)]));
}

function cleanText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes("\0") ? wellFormed.replaceAll("\0", "") : wellFormed;
}
