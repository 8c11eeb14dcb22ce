/** A command as it may be put at a prompt, or why it may not. */
export type PreparedCommand = { text: string } | { refusal: string };

/**
 * Makes a block of code into what can be put at a prompt without running: no line break at its end, and no control character that
 * a shell would take for a key. Several lines need a shell that takes pastes as such.
 */
export function prepareCommand(code: string, { takesPastes }: { takesPastes: boolean }): PreparedCommand {
  const lines = code
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, "    ")
    .replace(/[^\P{Cc}\n]/gu, "")
    .trim()
    .split("\n");
  const hasPrompts = lines.every((line) => /^\$ /.test(line));
  const text = (hasPrompts ? lines.map((line) => line.slice(2)) : lines).join("\n");
  if (!text) return { refusal: "There is no command in it." };
  if (text.includes("\n") && !takesPastes)
    return { refusal: "This shell would run several lines at once. Copy them, and insert them one by one." };
  return { text };
}
