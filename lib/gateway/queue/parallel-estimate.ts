/** Where finding out begins: what Ollama itself has taken for most machines. */
const firstLimit = 4;
const highestLimit = 1_024;
/** A wait shorter than this harms nobody and proves nothing: it may as well be the network or a busy processor. */
const noticeableMs = 250;
/** One call that was held up may be chance. */
const proofsNeeded = 3;
/** A held-up call waits at least this many times as long as one that found room. */
const heldUpFactor = 2;
/** A host that streams more than this at once is bounded by its machine, not by a number of places. */
const mostPlaces = 16;
/** A limit that was found is doubted after a minute: a host may be set up anew, and a chance may have misled. */
const keepMs = 60_000;

/** A call under way, as the estimate sees it. `foundRoom`: the host had been seen to stream more at once than it had then. */
type Seen = { startedAt: number; filledLimit: number; foundRoom: boolean; heldUpBy: number; hasToken: boolean };

export type ParallelEstimate = ReturnType<typeof parallelEstimate>;

/**
 * Finds out how many calls a host serves at once, from when their first tokens come.
 * The limit doubles while a full house is answered without a wait, or is streaming as a whole. It settles at `k` when calls got
 * their first token late, and only after another's end, at a time when `k` were streaming and more had not been seen since
 * the host was last idle.
 * @param now milliseconds, for tests
 */
export function parallelEstimate(now: () => number = () => performance.now()) {
  const silent = new Set<Seen>();
  let limit = firstLimit;
  let streaming = 0;
  let mostStreaming = 0;
  let proofs = 0;
  let settledUntil = 0;
  let unhinderedMs = 0;

  const weigh = (call: Seen) => {
    if (call.heldUpBy === 0 || call.heldUpBy < mostStreaming || call.heldUpBy > mostPlaces) return;
    if (now() - call.startedAt < heldUpFactor * unhinderedMs) return;
    proofs++;
    if (proofs < proofsNeeded) return;
    proofs = 0;
    limit = call.heldUpBy;
    settledUntil = now() + keepMs;
  };
  const mayGrow = (call: Seen) => {
    if (now() < settledUntil || limit >= highestLimit) return false;
    const allStream = silent.size === 0 && streaming >= limit;
    return allStream || (call.filledLimit === limit && now() - call.startedAt < noticeableMs);
  };

  return {
    get limit() {
      return limit;
    },
    /** Whether the limit is known, as opposed to being tried out. */
    get isSettled() {
      return now() < settledUntil;
    },
    start(): Seen {
      const others = streaming + silent.size;
      if (others === 0) {
        mostStreaming = 0;
        proofs = 0;
      }
      const filledLimit = others + 1 >= limit ? limit : 0;
      const foundRoom = others === 0 || others < mostStreaming;
      const call = { startedAt: now(), filledLimit, foundRoom, heldUpBy: 0, hasToken: false };
      silent.add(call);
      return call;
    },
    firstToken(call: Seen): void {
      if (!silent.delete(call)) return;
      call.hasToken = true;
      streaming++;
      if (streaming > mostStreaming) {
        mostStreaming = streaming;
        proofs = 0;
      }
      if (call.foundRoom) unhinderedMs = now() - call.startedAt;
      weigh(call);
      if (mayGrow(call)) limit = Math.min(highestLimit, limit * 2);
    },
    end(call: Seen): void {
      if (!call.hasToken) {
        silent.delete(call);
        return;
      }
      for (const other of silent) if (now() - other.startedAt >= noticeableMs) other.heldUpBy = Math.max(other.heldUpBy, streaming);
      streaming--;
    },
  };
}
