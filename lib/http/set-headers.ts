/** Sets every one of these headers. */
export function setHeaders(headers: Headers, given: Record<string, string>): void {
  for (const [name, value] of Object.entries(given)) headers.set(name, value);
}
