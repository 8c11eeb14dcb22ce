const lookEveryMs = 500;

/**
 * Under npm, ends this process as SIGTERM does once the shell that npm started it in is gone.
 * npm passes its SIGTERM to that shell alone, which ends without passing it on.
 */
export function stopWithParent(): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, lookEveryMs).unref();
  // The wish to stop has come already then; a second one would be taken for impatience.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => clearInterval(timer));
}
