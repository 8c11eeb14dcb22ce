import type { Interruption, Io } from "../../cli/io";

/** A world for a command without a process: what it writes is kept, and its lines come from a list. */
export function fakeIo({ lines = [] }: { lines?: string[] } = {}) {
  const written = { out: "", err: "" };
  const listeners = new Set<(why: Interruption) => void>();
  const left = [...lines];
  const nothing = async () => {
    throw new Error("There is no such thing here");
  };
  const io: Io = {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    isTerminal: { in: false, out: false, err: false },
    colour: { out: false, err: false },
    readInput: async () => "",
    readLine: async () => left.shift() ?? null,
    readHidden: nothing,
    readFile: nothing,
    serve: nothing,
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    ...io,
    written,
    interrupt: (why: Interruption = "interrupted") => {
      for (const listener of listeners) listener(why);
    },
  };
}
