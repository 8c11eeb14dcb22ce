const allowed = new Set(["http:", "https:", "mailto:"]);

/** An absolute web or mail address, or null for everything else: scripts, data, files and paths within this site. */
export function safeUrl(address: string): string | null {
  const url = URL.parse(address.trim());
  return url && allowed.has(url.protocol) ? url.href : null;
}
