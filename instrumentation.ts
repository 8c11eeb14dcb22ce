/** Next calls this once per process, before the first request, under our server and under plain `next start` alike. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { boot } = await import("./boot");
  await boot();
}
