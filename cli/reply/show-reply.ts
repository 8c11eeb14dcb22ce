import type { Io } from "../io.ts";
import { oneLine, printable } from "../output/printable.ts";
import { progressLine } from "../output/progress.ts";
import { style } from "../output/style.ts";
import type { Happening } from "./reply.ts";

/**
 * Writes a reply as it comes: its words to the standard output, all else to the standard error, and only for a person.
 * A pipe gets the words exactly; a terminal gets them without what would control it.
 */
export function replyView(io: Io) {
  const progress = progressLine(io);
  let isAtLineStart = true;
  const say = (text: string) => {
    if (!io.isTerminal.err) return;
    progress.clear();
    if (!isAtLineStart && io.isTerminal.out) io.err("\n");
    isAtLineStart = true;
    io.err(`${style(io.colour.err, "grey", `· ${oneLine(text)}`)}\n`);
  };
  const show = (happening: Happening) => {
    if (happening.kind === "thinking") progress.show("thinking…");
    else if (happening.kind === "queue") progress.show(`waiting, place ${happening.position} in line`);
    else if (happening.kind === "tool") say(happening.name);
    else if (happening.kind === "note") say(happening.note);
    else {
      progress.clear();
      io.out(io.isTerminal.out ? printable(happening.text) : happening.text);
      isAtLineStart = happening.text.endsWith("\n");
    }
  };
  const end = () => {
    progress.clear();
    if (!isAtLineStart) io.out("\n");
    isAtLineStart = true;
  };
  return { show, end };
}
