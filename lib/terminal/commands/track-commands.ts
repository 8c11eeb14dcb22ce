import type { IDisposable, Terminal } from "@xterm/headless";
import { keptHalf, type Place, readBack, readFrom } from "./read-output";

/** A command of a shell, as its marks tell. `output` is what was left of it on the screen, as plain text. */
export type ShellCommand = {
  text: string;
  output: string;
  /** Characters left out of the middle of `output`, as near as the bytes tell. */
  cutChars: number;
  /** Null while it runs, and where the shell did not tell. */
  exitStatus: number | null;
  startedAt: number;
  /** Null while it runs. */
  endedAt: number | null;
};

/** What happened: the shell waits for a command, a command began, a command ended. `exitStatus` is that of what was last done. */
export type CommandEvent =
  | { type: "prompt"; exitStatus: number | null; refused: string | null }
  | { type: "began" }
  | { type: "ended"; command: ShellCommand };

const maxCommands = 50;
const maxTextChars = 8_192;
/** How long what was typed ahead may take to show at a prompt. */
const settleMs = 300;
/** Lines after which the beginning of an output is copied: well before the screen drops them. */
const headLines = 4_000;

type Running = { command: ShellCommand; start: Place; startBytes: number; head: string | null; lineFeeds: IDisposable };

/**
 * Follows the marks (OSC 133, as FinalTerm defined them) that a shell with our integration writes around its commands, and keeps the
 * last 50 commands with what they put out. Marks without the nonce are passed over.
 */
export function trackCommands(terminal: Terminal, nonce: string) {
  const done: ShellCommand[] = [];
  const listeners = new Set<(event: CommandEvent) => void>();
  let running: Running | null = null;
  let input: Place | null = null;
  let inputRows: Place[] = [];
  let promptAt: number | null = null;
  let beganAt = 0;
  let typedAt = 0;
  let status: number | null = null;
  let drawnBytes = 0;

  const { normal } = terminal.buffer;
  const tell = (event: CommandEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  // Marks count lines of the normal screen. A full-screen program that ends leaves it before the shell writes the next.
  const here = (): Place | null => {
    const marker = terminal.registerMarker(0);
    return marker ? { marker, column: terminal.buffer.active.cursorX } : null;
  };
  const forgetInput = () => {
    for (const { marker } of inputRows) marker.dispose();
    inputRows = [];
    input = null;
  };
  const typedText = () => {
    const parts = inputRows.map((place, index) => {
      const next = inputRows[index + 1];
      const text = place.marker.isDisposed ? "" : readFrom(normal, place, maxTextChars);
      return next ? text.split("\n", 1)[0] : text;
    });
    return parts.join("\n").trim().slice(0, maxTextChars);
  };

  const outputOf = ({ start, startBytes, head }: Running) => {
    const all = start.marker.isDisposed ? null : readFrom(normal, start, 2 * keptHalf + 1);
    if (all !== null && all.length <= 2 * keptHalf) return { output: all.trimEnd(), cutChars: 0 };
    const first = head ?? (all ?? "").slice(0, keptHalf);
    const last = readBack(normal, Math.max(0, start.marker.line + 1));
    return {
      output: `${first}\n[…]\n${last.trimEnd()}`,
      cutChars: Math.max(1, drawnBytes - startBytes - first.length - last.length),
    };
  };

  const begin = (text: string | null) => {
    if (running) end(null);
    const start = here();
    if (!start) return;
    const command: ShellCommand = {
      text: text ?? typedText(),
      output: "",
      cutChars: 0,
      exitStatus: null,
      startedAt: Date.now(),
      endedAt: null,
    };
    let lines = 0;
    const lineFeeds = terminal.onLineFeed(() => {
      lines += 1;
      if (lines < headLines || !running) return;
      lineFeeds.dispose();
      if (!running.start.marker.isDisposed) running.head = readFrom(normal, running.start);
    });
    running = { command, start, startBytes: drawnBytes, head: null, lineFeeds };
    promptAt = null;
    beganAt = command.startedAt;
    forgetInput();
    tell({ type: "began" });
  };

  const end = (exitStatus: number | null) => {
    if (!running) return;
    const ended = running;
    running = null;
    ended.lineFeeds.dispose();
    Object.assign(ended.command, outputOf(ended), { exitStatus, endedAt: Date.now() });
    ended.start.marker.dispose();
    done.push(ended.command);
    if (done.length > maxCommands) done.shift();
    tell({ type: "ended", command: ended.command });
  };

  const prompt = () => {
    end(null);
    const refused = inputRows.length > 0 ? typedText() : null;
    forgetInput();
    promptAt = Date.now();
    tell({ type: "prompt", exitStatus: status, refused });
  };

  const isAtInput = () => {
    const { baseY, cursorY, cursorX, type } = terminal.buffer.active;
    return type === "normal" && input?.marker.line === baseY + cursorY && input.column === cursorX;
  };

  terminal.parser.registerCsiHandler({ final: "J" }, ([what]) => {
    const { type, cursorY } = terminal.buffer.active;
    // A cleared screen is where the output begins anew.
    if (running && type === "normal" && (what === 2 || what === 3)) {
      const marker = terminal.registerMarker(-cursorY);
      if (!marker) return false;
      running.start.marker.dispose();
      running.start = { marker, column: 0 };
    }
    return false;
  });
  terminal.parser.registerOscHandler(133, (data) => {
    const [marks = "", commandLine] = data.split(/;cmdline_url=(.*)/s);
    const [kind, ...parts] = marks.split(";");
    const named = new Map(parts.map((part) => split(part)));
    if (named.get("nonce") !== nonce) return false;
    if (kind === "A") prompt();
    if (kind === "B") {
      const place = here();
      if (named.get("k") !== "c") forgetInput();
      if (place) inputRows.push(place);
      input = place;
    }
    if (kind === "C") begin(decoded(commandLine));
    if (kind === "D") {
      status = Number.parseInt(parts[0] ?? "", 10);
      if (Number.isNaN(status)) status = null;
      end(status);
    }
    return true;
  });

  return {
    /** The bytes that the screen has drawn so far: how much of an output was left out is told by them. */
    countDrawn(bytes: number) {
      drawnBytes += bytes;
    },
    /** The last commands, oldest first; the one that runs, with its output so far, is the last. */
    list(): ShellCommand[] {
      return running ? [...done, { ...running.command, ...outputOf(running) }] : [...done];
    },
    /** Notes that somebody typed: what stands at the prompt is theirs. */
    noteTyped() {
      typedAt = Date.now();
    },
    /** Whether the shell waits for a command, and nobody has begun to type one. */
    isIdle(): boolean {
      if (promptAt === null || typedAt >= promptAt || !isAtInput()) return false;
      // What was typed while a command ran shows at the prompt only a moment after it.
      return typedAt <= beganAt || Date.now() - promptAt > settleMs;
    },
    /** Tells what happens from now on. @returns what ends it */
    listen(listener: (event: CommandEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type CommandTracker = ReturnType<typeof trackCommands>;

const split = (part: string): [string, string] => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];

function decoded(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    return decodeURIComponent(text).trim().slice(0, maxTextChars);
  } catch {
    // A program that draws into the mark's middle leaves half an escape; the text is still worth more than none.
    return text.trim().slice(0, maxTextChars);
  }
}
