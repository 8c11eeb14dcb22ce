/**
 * A path of our own to go to after signing in; `/` for anything that leads elsewhere.
 * @param wanted a path or an absolute address, from a query or a form
 * @param origin ours, as in `http://localhost:3000`
 */
export function localPath(wanted: string | undefined, origin: string): string {
  if (!wanted || !URL.canParse(wanted, origin)) return "/";
  const url = new URL(wanted, origin);
  if (url.origin !== origin || url.pathname.startsWith("//")) return "/";
  return url.pathname + url.search + url.hash;
}
