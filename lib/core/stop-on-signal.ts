const longestMs = 10_000;
/** Ctrl-C under npm comes twice within moments: from the terminal and from npm, which passes it on. That is one wish. */
const sameWishMs = 500;

/**
 * On SIGTERM or SIGINT takes Hearth down and exits with 0, after ten seconds at the latest. A later signal ends it at once.
 * Whoever else would end the process on these signals, as Next does under `next start`, no longer does.
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const onSignal = () => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > sameWishMs) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    setTimeout(() => process.exit(0), longestMs).unref();
    stop().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`Hearth did not close down cleanly: ${error instanceof Error ? error.message : error}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.removeAllListeners(signal).on(signal, onSignal);
}
