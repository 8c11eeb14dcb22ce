/** How the visitor reached us, as the server or a trusted proxy tells it. */
export type Connection = { address: string; host: string; secure: boolean; origin: string };

const first = (value: string | null) => value?.split(",")[0]?.trim() || undefined;

/**
 * Reads the visitor's connection from request headers.
 * `server.ts` drops `X-Forwarded-*` that do not come from a trusted proxy, and Next fills in what is
 * missing from the socket, so the headers can be believed here.
 */
export function connectionOf(headers: Headers): Connection {
  const host = first(headers.get("x-forwarded-host")) ?? headers.get("host") ?? "localhost";
  const secure = first(headers.get("x-forwarded-proto")) === "https";
  return { address: first(headers.get("x-forwarded-for")) ?? "unknown", host, secure, origin: `${secure ? "https" : "http"}://${host}` };
}

/**
 * Whether a browser sent the request from our own pages.
 * Modern browsers say so in `Sec-Fetch-Site`; `Origin` decides for the others. Neither present means no browser page sent it.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  if (!origin) return true;
  return URL.canParse(origin) && new URL(origin).host === connectionOf(headers).host;
}

/** Whether a browser says that one of our own pages sent this. Stricter than `isSameOrigin`: who sends no `Origin` is not believed. */
export function isFromOwnPage(headers: Headers): boolean {
  const origin = headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === connectionOf(headers).host && isSameOrigin(headers);
}
