/** Escape sequences that have begun and not ended: a lone ESC, CSI, charset choice, and strings (OSC, DCS, …). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what escape sequences begin and end with
const unfinished = /^\u001b(?:$|\[[0-?]*[ -/]*$|[ -/]+$|[P\]^_X][^\u0007\u001b]*$)/;

/** Longest tail that is held back: whoever writes a longer sequence gets it cut. */
const longestTail = 1_024;

/**
 * How many of these bytes end with a whole character (UTF-8) and a whole escape sequence (ECMA-48).
 * A screen that is copied between two chunks would lose the half that its parser has seen.
 */
export function completeLength(bytes: Buffer): number {
  const start = bytes.lastIndexOf(0x1b);
  if (start >= 0 && bytes.length - start <= longestTail && unfinished.test(bytes.toString("latin1", start))) return start;
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return lengthOfCharacter(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function lengthOfCharacter(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}
