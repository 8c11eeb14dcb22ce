import { stderr, stdin, stdout } from "node:process";
import { createInterface } from "node:readline";
import { keepHistory, readHistory } from "./history.ts";

/** Lines of the standard input: asked for one by one on a terminal, taken as they come from a script. */
export function lineReader() {
  let script: AsyncIterator<string> | undefined;
  const read = async (question: string): Promise<string | null> => {
    if (stdin.isTTY) return ask(question);
    script ??= createInterface({ input: stdin })[Symbol.asyncIterator]();
    const { value, done } = await script.next();
    return done ? null : value;
  };
  return { read };
}

/** A reader for each line, so that between lines Ctrl-C is a signal again and stops the reply that is being written. */
function ask(question: string): Promise<string | null> {
  // Not where the output goes to a file, which is to have the replies alone.
  const output = stderr.isTTY ? stderr : stdout;
  const lines = createInterface({ input: stdin, output, terminal: true, history: readHistory(), historySize: 1_000 });
  return new Promise((resolve) => {
    let wasWarned = false;
    lines.once("close", () => resolve(null));
    lines.on("history", keepHistory);
    lines.on("SIGINT", () => {
      if (lines.line !== "") return startAgain();
      if (wasWarned) return lines.close();
      warn();
    });
    const warn = () => {
      wasWarned = true;
      output.write("\n(Ctrl-C once more, or Ctrl-D, leaves.)\n");
      lines.prompt();
    };
    const startAgain = () => {
      output.write("\n");
      lines.write(null, { ctrl: true, name: "e" });
      lines.write(null, { ctrl: true, name: "u" });
      lines.prompt();
    };
    lines.once("line", (line) => {
      resolve(line);
      lines.close();
    });
    lines.setPrompt(question);
    lines.prompt();
  });
}
