/** The share of a host's time that one call has had, in milliseconds; it grows until the call leaves. */
export type HostShare = { workedMs(): number; leave(): void };

/** How many calls a host works on, whatever their model, and how its time is shared among them: two calls at once have half of it each. */
export class HostLoad {
  running = 0;
  /** What a call that was there from the start on would have had of the host's time, in milliseconds. */
  #sharedMs = 0;
  #countedAt = 0;

  enter(): HostShare {
    const before = this.#shared();
    let workedMs: number | undefined;
    this.running++;
    return {
      workedMs: () => workedMs ?? this.#shared() - before,
      leave: () => {
        if (workedMs !== undefined) return;
        workedMs = this.#shared() - before;
        this.running--;
      },
    };
  }

  #shared(): number {
    const now = performance.now();
    if (this.running > 0) this.#sharedMs += (now - this.#countedAt) / this.running;
    this.#countedAt = now;
    return this.#sharedMs;
  }
}
