/** Most that is kept of an input or an output, in characters. */
export const maxContentChars = 16_000;

/** A text as Postgres can hold it, at most so long; what is cut is said. */
export function cutText(text: string, maxChars = maxContentChars): string {
  const cut = text.length > maxChars ? `${text.slice(0, maxChars)}… (cut after ${maxChars} of ${text.length} characters)` : text;
  const wellFormed = cut.isWellFormed() ? cut : cut.toWellFormed();
  return wellFormed.includes("\0") ? wellFormed.replaceAll("\0", "") : wellFormed;
}

/** A value as text, at most so long. */
export function contentOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
