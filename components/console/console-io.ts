import { CliError } from "@/cli/cli-error";
import type { Interruption, Io } from "@/cli/io";

type Written = { write: (text: string) => void; readLine: (question: string) => Promise<string | null> };

/** A terminal in the page as the world of one command. `interrupt` is Ctrl-C; `leave` says that nobody waits for it any more. */
export function consoleIo({ write, readLine }: Written) {
  const listeners: ((why: Interruption) => void)[] = [];
  let hasLeft = false;
  let letGo = () => {};
  const left = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const say = (text: string) => {
    if (!hasLeft) write(text);
  };
  const notHere = async (): Promise<never> => {
    throw new CliError("usage", "That takes the command line; a page has no files and no shell.");
  };
  const io: Io = {
    out: say,
    err: say,
    isTerminal: { in: true, out: true, err: true },
    colour: { out: true, err: true },
    readInput: async () => "",
    readLine: (question) => (hasLeft ? Promise.resolve(null) : readLine(question)),
    readHidden: notHere,
    readFile: notHere,
    serve: notHere,
    onInterrupt(listener) {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    },
  };
  const leave = () => {
    hasLeft = true;
    letGo();
  };
  /** A command that does not listen for it is let go: what it still finds is not shown. */
  const interrupt = () => {
    write("^C\r\n");
    const listener = listeners.at(-1);
    if (listener) listener("interrupted");
    else leave();
  };
  return { io, left, leave, interrupt };
}
