// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that a terminal only shows: without what would move the cursor, change the title or the direction of writing.
 * Replies and titles come from models and other people.
 */
export function printable(text: string): string {
  return text.replaceAll(controls, "");
}

/** The same in one line. */
export function oneLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, " ")).trim();
}
