import { v7 } from "uuid";

const bytesEach = 16;
/** Random bytes for many ids at once: asking the system for each takes longer than all else about an id. */
const pool = new Uint8Array(bytesEach * 256);
let used = pool.length;
/** An id of the same millisecond counts on from the last, so that it sorts after it. */
let last = { msecs: 0, seq: 0 };

/** A new id: UUIDv7 (RFC 9562), so that ids sort by the time they were made. */
export function newId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + bytesEach);
  used += bytesEach;
  const msecs = Date.now();
  // Half of the counter's 32 bits are left for counting on.
  last =
    msecs > last.msecs ? { msecs, seq: new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1 } : { ...last, seq: last.seq + 1 };
  return v7({ random, ...last });
}
