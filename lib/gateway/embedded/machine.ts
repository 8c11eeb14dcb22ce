import os from "node:os";

/** This machine's memory in bytes, or the container's when that is less, and the cores that may be used. */
export function machine(): { memoryBytes: number; cores: number } {
  const limitBytes = process.constrainedMemory();
  const totalBytes = os.totalmem();
  return { memoryBytes: limitBytes > 0 ? Math.min(limitBytes, totalBytes) : totalBytes, cores: os.availableParallelism() };
}
