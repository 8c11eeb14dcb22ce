const dayMs = 86_400_000;

/** How long samples are kept, a week and a day to compare its first with, and how long their hours, in milliseconds. */
export const keptMs = { samples: 8 * dayMs, hours: 366 * dayMs } as const;
