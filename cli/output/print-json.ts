import type { Io } from "../io.ts";

/** One JSON value on the standard output: indented for a person, on one line for a program. */
export function printJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, null, io.isTerminal.out ? 2 : undefined)}\n`);
}
