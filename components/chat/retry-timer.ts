const waitsMs = [300, 1_000, 2_000, 4_000, 8_000];

/** Waits a little longer from one attempt to the next. */
export class RetryTimer {
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Calls `attempt` after the next pause, in place of one that is waiting. */
  start(attempt: () => void): void {
    this.stop();
    this.timer = setTimeout(attempt, waitsMs[Math.min(this.attempts, waitsMs.length - 1)]);
    this.attempts += 1;
  }

  /** Calls nothing any more, until the next start. */
  stop(): void {
    clearTimeout(this.timer);
  }

  /** Begins with the shortest pause again. */
  reset(): void {
    this.attempts = 0;
  }
}
