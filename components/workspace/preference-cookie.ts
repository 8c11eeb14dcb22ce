import { preferenceCookies } from "./preference-names";

const yearS = 365 * 24 * 3600;

/** Remembers a choice on this device, where the server sees it, so that the next page is right from its first paint. */
export function savePreference(name: keyof typeof preferenceCookies, value: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing over plain HTTP, as on a LAN address
  document.cookie = `${preferenceCookies[name]}=${encodeURIComponent(value)}; path=/; max-age=${yearS}; samesite=lax${secure}`;
}
