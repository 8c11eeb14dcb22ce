import { CliError } from "../cli-error.ts";

/** Where Hearth is when nothing else is said: this machine, at its usual port. */
export const usualServer = "http://localhost:3000";

/** The origin that an address means; `hearth.example.org` is https, an address of this machine is http. @throws CliError */
export function serverAddress(given: string): string {
  const text = given.trim();
  const isLocal = /^(localhost|127\.|\[::1\])/.test(text);
  const withScheme = /^https?:\/\//i.test(text) ? text : `${isLocal ? "http" : "https"}://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (!url?.hostname || url.username || !["", "/"].includes(url.pathname)) {
    throw new CliError("usage", `${given} is no address of a Hearth. Give one as https://hearth.example.org or localhost:3000.`);
  }
  return url.origin;
}
