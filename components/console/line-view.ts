import type { IMarker, Terminal } from "@xterm/xterm";
import type { Line } from "./edit-line";

/** What drawing takes of a terminal. */
export type LineTerminal = Pick<Terminal, "write" | "buffer" | "cols" | "rows"> & {
  registerMarker(offset: number): IMarker | undefined;
};

/** Where a line break was pasted. */
const breakMark = "↵";

/**
 * Draws a question and the line written after it. How wide characters are is the terminal's own affair: it is asked where its
 * cursor came to stand, and a marker tells where the line began, also after the window was resized.
 */
export function lineView(terminal: LineTerminal) {
  let marker: IMarker | undefined;
  let drawing = Promise.resolve();
  let isWaiting = false;
  const write = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve));
  const row = () => terminal.buffer.active.baseY + terminal.buffer.active.cursorY;
  /** Begins on a line of its own, below whatever was written. */
  const begin = async () => {
    await write("");
    if (terminal.buffer.active.cursorX > 0) await write("\r\n");
    marker?.dispose();
    marker = terminal.registerMarker(0);
  };
  const toStart = () => {
    const up = marker && !marker.isDisposed ? Math.max(0, row() - marker.line) : 0;
    return `${up > 0 ? `\x1b[${up}A` : ""}\r`;
  };
  /** A full row leaves the cursor on its last character; what is written next belongs below. */
  const leaveFullRow = async (isBelow: boolean) => {
    if (terminal.buffer.active.cursorX >= terminal.cols) await write(isBelow ? "\x1b[B\r" : "\r\n");
  };
  const drawOnce = async (question: string, line: Line) => {
    const { left, right } = onScreen(line, terminal);
    await write(`${toStart()}${question}${left}${right}\x1b[J`);
    await leaveFullRow(false);
    if (right === "") return;
    await write(`${toStart()}${question}${left}`);
    await leaveFullRow(true);
  };
  /** Draws what `now` gives when its turn comes: many keys at once are drawn once. */
  const draw = (now: () => { question: string; line: Line }): Promise<void> => {
    if (isWaiting) return drawing;
    isWaiting = true;
    drawing = drawing.then(() => {
      isWaiting = false;
      const { question, line } = now();
      return drawOnce(question, line);
    });
    return drawing;
  };
  return { begin, draw, write };
}

/** The line as it is shown; of one that the screen has no room for, what is around the cursor. */
function onScreen({ text, at }: Line, { cols, rows }: LineTerminal): { left: string; right: string } {
  const half = Math.max(8, Math.floor((cols * (rows - 2)) / 4));
  const isLong = text.length > half * 2;
  const from = isLong ? Math.max(0, at - half) : 0;
  const to = isLong ? Math.min(text.length, at + half) : text.length;
  const show = (piece: string) => piece.toWellFormed().replaceAll("\n", breakMark);
  return {
    left: `${from > 0 ? "…" : ""}${show(text.slice(from, at))}`,
    right: `${show(text.slice(at, to))}${to < text.length ? "…" : ""}`,
  };
}
