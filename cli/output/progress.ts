import type { Io } from "../io.ts";
import { oneLine } from "./printable.ts";

/** One line of the terminal that is written again and again. Nothing at all where nobody looks. */
export function progressLine(io: Io) {
  let shown = "";
  const show = (text: string) => {
    if (!io.isTerminal.err || text === shown) return;
    shown = text;
    io.err(`\r\u001b[K${text}`);
  };
  return { show: (text: string) => show(oneLine(text)), clear: () => shown && show("") };
}
