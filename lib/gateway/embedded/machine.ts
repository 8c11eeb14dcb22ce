import os from "node:os";

type Machine = { memoryBytes: number; cores: number };
let known: Machine | undefined;

/** This machine's memory in bytes, or the container's when that is less, and the cores that may be used: as they were at the first look. */
export function machine(): Machine {
  known ??= look();
  return known;
}

function look(): Machine {
  const limitBytes = process.constrainedMemory();
  const totalBytes = os.totalmem();
  return { memoryBytes: limitBytes > 0 ? Math.min(limitBytes, totalBytes) : totalBytes, cores: os.availableParallelism() };
}
