type Waiting = { admit: () => void; onPosition?: (ahead: number) => void };
type Entry = { signal?: AbortSignal; onPosition?: (ahead: number) => void };

/** A first-come, first-served queue for one thing that serves one caller at a time. */
export function turnQueue() {
  const waiting: Waiting[] = [];
  let isTaken = false;

  const leave = () => {
    const next = waiting.shift();
    if (!next) isTaken = false;
    else next.admit();
    tellPositions();
  };
  const tellPositions = () => {
    for (const [index, entry] of waiting.entries()) entry.onPosition?.(index + 1);
  };

  return {
    get waiting() {
      return waiting.length;
    },
    get isIdle() {
      return !isTaken;
    },
    /**
     * Waits for the turn. `onPosition` is told how many are ahead, the running one included, whenever that changes.
     * @returns what ends the turn; to be called once
     * @throws the signal's reason when it is aborted before the turn came
     */
    enter({ signal, onPosition }: Entry = {}): Promise<() => void> {
      signal?.throwIfAborted();
      if (!isTaken) {
        isTaken = true;
        return Promise.resolve(leave);
      }
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          waiting.splice(waiting.indexOf(entry), 1);
          tellPositions();
          reject(signal?.reason);
        };
        const entry: Waiting = {
          onPosition,
          admit: () => {
            signal?.removeEventListener("abort", giveUp);
            resolve(leave);
          },
        };
        waiting.push(entry);
        signal?.addEventListener("abort", giveUp, { once: true });
        onPosition?.(waiting.length);
      });
    },
  };
}
