import { processGlobal } from "@/lib/core/process-global";

/** One frame of a display at 60 Hz: what arrives within it cannot be seen apart. */
const displayFrameMs = 16;
/** The longest frame. Ten steps a second still read as a flow. */
const longestFrameMs = 100;
/** By how much each reply that is read at the same time lengthens the frame of all. */
const shareMs = 0.5;

const beingRead = () => processGlobal("replies-being-read", () => ({ count: 0 }));

/**
 * How long words may wait to be joined with others: 16 ms, and with more than 32 replies at once half a millisecond for
 * each, up to 100 ms, so that what the process has to do for its replies grows more slowly than their number.
 */
export function frameMs(): number {
  return Math.min(longestFrameMs, Math.max(displayFrameMs, beingRead().count * shareMs));
}

/** Counts a reply as one that is being read, until the function that it returns is called; a second call of that does nothing. */
export function beginFrames(): () => void {
  const replies = beingRead();
  replies.count += 1;
  let isOver = false;
  return () => {
    if (!isOver) replies.count -= 1;
    isOver = true;
  };
}
