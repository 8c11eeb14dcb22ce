const maxLineChars = 160;

/** A tool's name as a person would write it: `current_time` is "Current time". */
export function describeTool(name: string): string {
  const words = name.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a tool took or gave, on one line: a result or a lone value as it is, several as `name: value`. */
export function inLine(value: unknown): string {
  const text = isRecord(value) ? recordInLine(value) : asText(value);
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > maxLineChars ? `${line.slice(0, maxLineChars)}…` : line;
}

/** What a tool took or gave, whole: text as it is, also a lone one; plain fields one below the other; anything else as JSON. */
export function inFull(value: unknown): string {
  if (typeof value === "string") return value;
  const fields = isRecord(value) ? Object.entries(value) : [];
  if (fields.length === 0 || fields.some(([, of]) => typeof of === "object" && of !== null)) return asJson(value);
  const [[, only] = []] = fields;
  if (fields.length === 1) return asText(only);
  return fields.map(([name, of]) => `${name}:${/\n/.test(asText(of)) ? "\n" : " "}${asText(of)}`).join("\n");
}

/** A value as indented JSON. */
export const asJson = (value: unknown): string => JSON.stringify(value, null, 2) ?? "";

function recordInLine(record: Record<string, unknown>): string {
  if ("result" in record) return asText(record.result);
  const entries = Object.entries(record);
  const [only] = entries;
  if (entries.length === 1 && only) return asText(only[1]);
  return entries.map(([name, value]) => `${name}: ${asText(value)}`).join(", ");
}

const asText = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
