import { log } from "@/lib/core/log";
import { requestIdHeader } from "./request-id";

type FailedRequest = { path: string; headers: Record<string, string | string[] | undefined> };

/** Logs that a page could not be made, under the id that the page shows. Next prints such errors as well, without their values. */
export function logPageError(error: unknown, { path, headers }: FailedRequest): void {
  const digest = (error as { digest?: unknown } | null)?.digest;
  log().error({ err: error, requestId: headers[requestIdHeader], digest, path }, "page failed");
}
