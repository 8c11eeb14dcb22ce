/** Deeper than any schema that people write; recursion over what a caller sent must end before the stack does. */
const maxDepth = 64;

/** Whether a JSON value is nested at most 64 levels deep. */
export function isShallow(value: unknown, depthLeft = maxDepth): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depthLeft === 0) return false;
  if (Array.isArray(value)) return value.every((inner) => isShallow(inner, depthLeft - 1));
  for (const inner of Object.values(value)) if (!isShallow(inner, depthLeft - 1)) return false;
  return true;
}
