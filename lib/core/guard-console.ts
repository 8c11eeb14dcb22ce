import console from "node:console";
import { withoutValues } from "./log";
import { processGlobal } from "./process-global";

/**
 * Has errors that Next and libraries print by themselves pass through what the log does to them: a failed query would
 * otherwise be printed with its values, which are what people wrote.
 */
export function guardConsole(): void {
  processGlobal("console-guard", () => {
    const print = console.error.bind(console);
    console.error = (...words: unknown[]) => print(...words.map((word) => (word instanceof Error ? readable(word) : word)));
    return true;
  });
}

function readable({ stack, message, cause }: Error): string {
  const text = withoutValues(stack ?? message);
  return cause instanceof Error ? `${text}\nCaused by: ${readable(cause)}` : text;
}
