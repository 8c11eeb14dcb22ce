/** Whether a request asks for an answer that is made now, and not for a kept one: `Cache-Control: no-cache` (RFC 9111, 5.2.1.4). */
export function wantsFresh(headers: Headers): boolean {
  const directives = headers.get("cache-control")?.toLowerCase().split(",") ?? [];
  return directives.some((directive) => directive.trim() === "no-cache");
}
