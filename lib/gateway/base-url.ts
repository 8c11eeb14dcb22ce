import type { UpstreamKind } from "./contract";

type Hosted = Exclude<UpstreamKind, "embedded">;

const defaults: Partial<Record<Hosted, string>> = {
  openai: "https://api.openai.com/v1",
  anthropic: "https://api.anthropic.com/v1",
  google: "https://generativelanguage.googleapis.com/v1beta",
};

/** What a bare address lacks, and the endings that people copy along with an Ollama address. */
const versionPath: Partial<Record<Hosted, string>> = { openai: "/v1", "openai-compatible": "/v1", anthropic: "/v1", google: "/v1beta" };

/**
 * An address as a person writes it, in the form the providers want: with a scheme (`http` unless told), with the API's
 * version path when there is no path, without a slash at the end.
 * @throws Error of one sentence when it is no http(s) address
 */
export function toBaseUrl(kind: Hosted, address: string | undefined): string {
  const given = address?.trim() || defaults[kind];
  if (!given) throw new Error("An address is needed, as in http://192.168.1.20:11434.");
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new Error(`${given} is not an http or https address.`);
  const url = new URL(text);
  if (url.username || url.password) throw new Error("The address must not contain a user name or password. Put the key in its own field.");
  const path = url.pathname.replace(/\/+$/, "");
  if (kind === "ollama") return url.origin + path.replace(/\/(api|v1)$/, "");
  return url.origin + (path || versionPath[kind]);
}
