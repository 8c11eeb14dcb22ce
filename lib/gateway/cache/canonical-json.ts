/**
 * A value as text that is the same for equal values, whatever the order of their fields. Fields that are undefined count as
 * absent. Bytes, addresses and dates are written as JSON cannot be, so that no text is taken for them.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "bigint") return `bigint(${value})`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value instanceof Uint8Array) return `bytes(${Buffer.from(value).toString("base64")})`;
  if (value instanceof URL) return `url(${JSON.stringify(value.href)})`;
  if (value instanceof Date) return `date(${value.getTime()})`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(",")}}`;
}
