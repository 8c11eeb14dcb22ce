import { SourceError } from "./source-error";

export type Opened = {
  response: Response;
  /** The file's SHA-256 as its host reports it, or null. */
  reportedSha256: string | null;
};

const maxRedirects = 5;
/** Answers that come again if asked again. */
const permanent = new Set([400, 401, 403, 404, 405, 410, 451]);

/**
 * Opens a URL from an offset on.
 *
 * Hugging Face answers with a redirect to its storage that carries the file's SHA-256 in `x-linked-etag`,
 * so redirects are followed here, by hand. A redirect from https to plain http is refused.
 * @param resume asks for the bytes from `fromByte`, if the file is still the one with this ETag (RFC 9110, 13.1.5 and 14.2)
 * @throws SourceError
 */
export async function openUrl(url: string, resume: { fromByte: number; etag: string | null }, signal: AbortSignal): Promise<Opened> {
  const headers = new Headers({ "user-agent": "hearth", "accept-encoding": "identity" });
  if (resume.fromByte > 0) {
    headers.set("range", `bytes=${resume.fromByte}-`);
    if (resume.etag && !resume.etag.startsWith("W/")) headers.set("if-range", resume.etag);
  }
  let reportedSha256: string | null = null;
  let at = new URL(url);
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const response = await fetch(at, { headers, redirect: "manual", signal }).catch((error: Error) => {
      signal.throwIfAborted();
      throw new SourceError(reasonOf(error, at.host));
    });
    reportedSha256 ??= sha256In(response.headers.get("x-linked-etag"));
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || !location) return { response: accepted(response, at.host), reportedSha256 };
    await response.body?.cancel();
    const next = new URL(location, at);
    if (at.protocol === "https:" && next.protocol !== "https:")
      throw new SourceError(`${at.host} redirects to an unencrypted address`, { isFinal: true });
    at = next;
  }
  throw new SourceError(`${at.host} redirects without end`, { isFinal: true });
}

function accepted(response: Response, host: string): Response {
  if (response.ok || response.status === 416) return response;
  void response.body?.cancel();
  throw new SourceError(`${host} answered ${response.status}${response.statusText && ` ${response.statusText}`}`, {
    isFinal: permanent.has(response.status),
  });
}

function sha256In(etag: string | null): string | null {
  return etag?.match(/^"?([0-9a-f]{64})"?$/i)?.[1]?.toLowerCase() ?? null;
}

const reasons: Record<string, string> = {
  ENOTFOUND: "cannot be found; is this machine online?",
  EAI_AGAIN: "cannot be looked up; is this machine online?",
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "broke the connection off",
  ENETUNREACH: "cannot be reached; is this machine online?",
  EHOSTUNREACH: "cannot be reached; is this machine online?",
  ETIMEDOUT: "did not answer in time",
  UND_ERR_CONNECT_TIMEOUT: "did not answer in time",
  UND_ERR_HEADERS_TIMEOUT: "did not answer in time",
  UND_ERR_SOCKET: "broke the connection off",
};

function reasonOf(error: Error, host: string): string {
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return `${host} ${reasons[cause?.code ?? ""] ?? `could not be read (${cause?.code ?? cause?.message ?? error.message})`}`;
}
