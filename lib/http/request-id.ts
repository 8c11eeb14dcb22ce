import { newId } from "@/lib/core/ids";

/** The header in which a request's id comes in, goes to pages, and goes out again. */
export const requestIdHeader = "x-request-id";

/** Keeps a proxy's request id when it is harmless, else makes one. */
export function requestIdOf({ headers }: { headers: Headers }): string {
  const given = headers.get(requestIdHeader) ?? "";
  return /^[\w-]{8,64}$/.test(given) ? given : newId();
}
