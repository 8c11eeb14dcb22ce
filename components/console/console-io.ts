import type { Terminal } from "@xterm/xterm";
import { CliError } from "@/cli/cli-error";
import { commonStart } from "@/cli/console/complete";
import type { Interruption, Io } from "@/cli/io";
import { printable } from "@/cli/output/printable";
import { edited, emptyLine, keysOf, type Line, lineOf, placeAfter, withText } from "./edit-line";

export type History = { read(): string[]; add(line: string): void };
type Parts = { terminal: Terminal; history: History; complete: (line: string) => Promise<string[]> };
type Reading = { prompt: string; line: Line; row: number; recalled: number; draft: string; resolve: (line: string | null) => void };

/** A terminal in the page as the world of commands: what they write is shown, and lines are written at a prompt. */
export function consoleIo({ terminal, history, complete }: Parts): { io: Io; feed(data: string): void } {
  const listeners: ((why: Interruption) => void)[] = [];
  let reading: Reading | null = null;
  /** What is typed while a word is being completed comes after it. */
  let waiting: string[] | null = null;
  const noSuch = async () => {
    throw new CliError("usage", "The console in the page cannot do that. Use the command line.");
  };
  const write = (text: string) => terminal.write(text);

  const draw = (now: Reading, to = now.line.at) => {
    const cells = [...lineOf(now.prompt).cells, ...now.line.cells];
    const last = placeAfter(cells, terminal.cols);
    const place = placeAfter(cells.slice(0, lineOf(now.prompt).cells.length + to), terminal.cols);
    const back = now.row > 0 ? `\x1b[${now.row}A` : "";
    // A line that ends at the right edge leaves the cursor on it, unless something follows.
    const wrap = last.column === 0 && cells.length > 0 ? "\r\n" : "";
    const up = last.row > place.row ? `\x1b[${last.row - place.row}A` : "";
    write(`${back}\r\x1b[J${cells.join("")}${wrap}${up}\r${place.column > 0 ? `\x1b[${place.column}C` : ""}`);
    now.row = place.row;
  };
  const finish = (now: Reading, result: string | null, mark = "") => {
    draw(now, now.line.cells.length);
    write(`${mark}\r\n`);
    reading = null;
    now.resolve(result);
  };
  const recall = (now: Reading, by: number) => {
    const lines = history.read();
    const wanted = Math.min(lines.length, Math.max(0, now.recalled + by));
    if (now.recalled === lines.length) now.draft = now.line.cells.join("");
    now.recalled = wanted;
    now.line = lineOf(lines[wanted] ?? now.draft);
  };
  const completeWord = async (now: Reading) => {
    const before = now.line.cells.slice(0, now.line.at).join("");
    waiting = [];
    const found = await complete(before);
    const word = before.split(/\s+/).at(-1) ?? "";
    const more = commonStart(found).slice(word.length);
    if (more || found.length === 1) now.line = withText(now.line, found.length === 1 ? `${more} ` : more);
    else if (found.length > 1) {
      draw(now, now.line.cells.length);
      write(`\r\n${printable(found.slice(0, 60).join("  "))}\r\n`);
      now.row = 0;
    }
    draw(now);
    const typed = waiting;
    waiting = null;
    take(typed);
  };
  /** A Tab among them has what follows wait once more. */
  const take = (keys: string[]) => {
    for (const key of keys) {
      if (waiting) waiting.push(key);
      else press(key);
    }
  };
  const press = (key: string) => {
    const now = reading;
    if (!now) return key === "\x03" ? listeners.at(-1)?.("interrupted") : undefined;
    const text = now.line.cells.join("");
    if (key === "\r") {
      if (text.trim()) history.add(text);
      return finish(now, text);
    }
    if (key === "\x03") {
      finish(now, "", "^C");
      return;
    }
    if (key === "\x04" && text === "") return finish(now, null);
    if (key === "\t") return void completeWord(now);
    if (key === "\x0c") {
      write("\x1b[2J\x1b[3J\x1b[H");
      now.row = 0;
    } else if (["\x1b[A", "\x1bOA", "\x10"].includes(key)) recall(now, -1);
    else if (["\x1b[B", "\x1bOB", "\x0e"].includes(key)) recall(now, 1);
    else {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a paste is between two escape sequences
      const pasted = /^\u001b\[200~([\s\S]*)\u001b\[201~$/.exec(key)?.[1];
      const changed = edited(now.line, key);
      now.line = changed ?? (pasted !== undefined || key >= " " ? withText(now.line, pasted ?? key) : now.line);
    }
    draw(now);
  };
  const io: Io = {
    out: write,
    err: write,
    isTerminal: { in: true, out: true, err: true },
    colour: { out: true, err: true },
    readInput: async () => "",
    readLine: (prompt) =>
      new Promise((resolve) => {
        reading = { prompt, line: emptyLine, row: 0, recalled: history.read().length, draft: "", resolve };
        write("\x1b[?2004h");
        draw(reading);
      }),
    readHidden: noSuch,
    readFile: noSuch,
    serve: noSuch,
    onInterrupt(listener) {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    },
  };
  return { io, feed: (data) => take(keysOf(data)) };
}
