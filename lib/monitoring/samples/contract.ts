/**
 * How Hearth's processes were at one point of a range: the largest of sizes (bytes), delays and the processor's share (of one
 * core), and what all of them had under way.
 */
export type ProcessMoment = {
  residentBytes: number;
  /** The least that the largest process held: where it only grows, so does this. */
  leastResidentBytes: number;
  heapBytes: number;
  lagP50Ms: number;
  lagP99Ms: number;
  cpuShare: number;
  liveRuns: number;
  waitingCalls: number;
  databaseBytes: number | null;
};
