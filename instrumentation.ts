import type { Instrumentation } from "next";

/** Next calls this once per process, before the first request, under our server and under plain `next start` alike. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { boot } = await import("./boot");
  await boot();
}

/** Next calls this for every page that it could not make. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logPageError } = await import("@/lib/http/log-page-error");
  logPageError(error, request);
};
