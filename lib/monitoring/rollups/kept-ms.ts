const dayMs = 86_400_000;

/** How long sums of each grain are kept, in milliseconds. A range that began earlier is read by the next coarser one. */
export const keptMs = { minute: 8 * dayMs, quarter: 400 * dayMs, hour: 1_100 * dayMs } as const;
