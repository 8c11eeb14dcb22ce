type Kept = { headChars: number; tailChars: number; alreadyCut?: number };

/** A text with its beginning and its end, and between them how much was left out; itself when it is short enough. `alreadyCut` characters are missing from it. */
export function cutMiddle(text: string, { headChars, tailChars, alreadyCut = 0 }: Kept): string {
  const excess = Math.max(0, text.length - headChars - tailChars);
  if (excess + alreadyCut === 0) return text;
  const said = `\n… (${(excess + alreadyCut).toLocaleString("en")} characters left out) …\n`;
  return `${text.slice(0, headChars)}${said}${text.slice(Math.max(headChars, text.length - tailChars))}`;
}
