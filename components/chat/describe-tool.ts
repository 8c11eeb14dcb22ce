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

/** What a tool took or gave, whole: text as it is, anything else as indented JSON. */
export function inFull(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
}

function recordInLine(record: Record<string, unknown>): string {
  if ("result" in record) return asText(record.result);
  const entries = Object.entries(record);
  const [only] = entries;
  if (entries.length === 1 && only) return asText(only[1]);
  return entries.map(([name, value]) => `${name}: ${asText(value)}`).join(", ");
}

const asText = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
