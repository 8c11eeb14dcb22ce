/** What Ctrl makes of a key: the first 32 characters of ASCII lie 64 below the letters. */
export function withCtrl(text: string): string {
  const code = text.toUpperCase().charCodeAt(0);
  return text.length === 1 && code >= 64 && code < 96 ? String.fromCharCode(code - 64) : text;
}
