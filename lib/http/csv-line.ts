/** A line of CSV (RFC 4180) with its end. */
export const csvLine = (values: (string | number | null)[]) => `${values.map(cell).join(",")}\r\n`;

/** Quoted where it must be. A spreadsheet takes what begins with these signs for a formula, so that text gets a quote before it. */
function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
