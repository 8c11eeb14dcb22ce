const longestMs = 10_000;

/** On SIGTERM or SIGINT takes Hearth down and exits with 0, after ten seconds at the latest. A second signal ends it at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(0), longestMs).unref();
    stop().then(
      () => process.exit(0),
      (error) => {
        console.error(`Hearth did not close down cleanly: ${error instanceof Error ? error.message : error}`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}
