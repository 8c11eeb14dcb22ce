import { basename } from "node:path";
import type { IPty } from "node-pty";
import type { CommandTracker } from "./commands/track-commands";
import { completeLength } from "./complete-length";
import type { ShellEnd, ShellInfo, ShellSize } from "./contract";
import { shellSize } from "./contract";
import type { Screen } from "./screen";
import { outputFrame, type Viewer } from "./viewer";

/** Bytes that the server's screen has yet to draw at which the program waits, and at which it goes on. */
const highBytes = 256 * 1024;
const lowBytes = 64 * 1024;
/** How often a program that waits for viewers looks whether it still has to. */
const lookAgainMs = 500;
/** What a shell that was hung up has to end itself. */
const hangUpMs = 2_000;

type Parts = { id: string; ownerId: string; name: string; program: string; pty: IPty; screen: Screen; onEnd: (shell: Shell) => void };

/** A shell that runs on the server whoever looks on: its PTY, its screen and its viewers. */
export class Shell {
  readonly id: string;
  readonly ownerId: string;
  readonly pid: number;
  readonly startedAt = Date.now();
  name: string;
  ended: ShellEnd | null = null;
  endedAt = 0;
  activeAt = Date.now();
  readonly #pty: IPty;
  readonly #screen: Screen;
  readonly #program: string;
  readonly #viewers = new Set<Viewer>();
  readonly #onEnd: (shell: Shell) => void;
  #size: ShellSize;
  #incoming: Buffer[] = [];
  #tail: Buffer = Buffer.alloc(0);
  #undrawnBytes = 0;
  #isPaused = false;
  #isDisposed = false;
  #recheck: NodeJS.Timeout | undefined;
  #endReason: ShellEnd["reason"] = "exited";

  constructor({ id, ownerId, name, program, pty, screen, onEnd }: Parts) {
    this.id = id;
    this.ownerId = ownerId;
    this.name = name;
    this.pid = pty.pid;
    this.#pty = pty;
    this.#screen = screen;
    this.#program = basename(program);
    this.#size = screen.size();
    this.#onEnd = onEnd;
    // With no encoding the PTY gives bytes, whatever its types say.
    pty.onData((data) => this.#receive(data as unknown as Buffer));
    pty.onExit(({ exitCode, signal = 0 }) => this.#end({ exitCode, signal, reason: this.#endReason }));
  }

  get info(): ShellInfo {
    const { id, name, ended } = this;
    return { id, name, ended, running: this.#running() };
  }

  get viewers(): ReadonlySet<Viewer> {
    return this.#viewers;
  }

  attach(viewer: Viewer): void {
    this.#viewers.add(viewer);
  }

  detach(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    this.settleFlow();
  }

  /** Hands over the screen once all that came before is drawn on it; what comes after is sent to viewers meanwhile. */
  screenInOrder(then: (screen: Screen) => void): void {
    this.#flush();
    this.#screen.inOrder(() => then(this.#screen));
  }

  /** The commands that were run in it; null for a shell that does not tell. */
  get commands(): CommandTracker | null {
    return this.#screen.commands;
  }

  /** Types, as somebody who looks on does. */
  write(bytes: Uint8Array | string): void {
    this.commands?.noteTyped();
    this.answer(bytes);
  }

  /** Puts a line at the prompt, as a paste where the program takes pastes. */
  paste(text: string): void {
    this.write(this.#screen.takesPastes() ? `\x1b[200~${text}\x1b[201~` : text);
  }

  /** Sends what the terminal itself says. */
  answer(bytes: Uint8Array | string): void {
    if (this.ended) return;
    this.activeAt = Date.now();
    this.#pty.write(typeof bytes === "string" ? bytes : Buffer.from(bytes));
  }

  /** The size of whoever asked last is the size for all, who are told in order with the output. A size that is none is passed over. */
  resize(asked: ShellSize): void {
    const { success, data: size } = shellSize.safeParse(asked);
    if (!success || this.ended || (size.cols === this.#size.cols && size.rows === this.#size.rows)) return;
    this.#flush();
    try {
      this.#pty.resize(size.cols, size.rows);
    } catch {
      // It has ended a moment ago, and its end is told with the next turn.
      return;
    }
    this.#size = size;
    this.#screen.inOrder(() => this.#screen.resize(size));
    for (const viewer of this.#viewers) viewer.tell({ type: "size", ...size });
  }

  rename(name: string): void {
    this.name = name;
    for (const viewer of this.#viewers) viewer.tell({ type: "name", name });
  }

  /** Hangs up, as closing a terminal's window does, and ends what is still there two seconds later. */
  hangUp(reason: ShellEnd["reason"] = "exited"): void {
    if (this.ended) return;
    this.#endReason = reason;
    this.#resume();
    this.#pty.kill("SIGHUP");
    setTimeout(() => !this.ended && this.#pty.kill("SIGKILL"), hangUpMs).unref();
  }

  /** Lets go of the screen and of everybody who looks on. */
  dispose(code: number, reason: string): void {
    this.#resume();
    this.#isDisposed = true;
    clearTimeout(this.#recheck);
    for (const viewer of this.#viewers) viewer.close(code, reason);
    this.#screen.dispose();
  }

  /** Lets the program wait while the server's screen or a viewer is behind, and go on once they are not. */
  settleFlow(): void {
    if (this.ended || this.#isDisposed) return;
    clearTimeout(this.#recheck);
    const viewersAreBehind = [...this.#viewers].filter((viewer) => viewer.isBehind()).length > 0;
    const mustWait = viewersAreBehind || this.#undrawnBytes > (this.#isPaused ? lowBytes : highBytes);
    if (!mustWait) return this.#resume();
    if (!this.#isPaused) this.#pty.pause();
    this.#isPaused = true;
    if (viewersAreBehind) this.#recheck = setTimeout(() => this.settleFlow(), lookAgainMs).unref();
  }

  #resume(): void {
    if (this.#isPaused) this.#pty.resume();
    this.#isPaused = false;
  }

  /** A PTY is read 4 kB at a time; what one turn of the event loop brings goes on together. */
  #receive(bytes: Buffer): void {
    if (this.#incoming.push(bytes) === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    if (this.#incoming.length === 0) return;
    const all = Buffer.concat([this.#tail, ...this.#incoming]);
    this.#incoming = [];
    const length = completeLength(all);
    this.#tail = Buffer.from(all.subarray(length));
    this.#pass(all.subarray(0, length));
  }

  #pass(bytes: Buffer): void {
    if (bytes.length === 0 || this.#isDisposed) return;
    this.activeAt = Date.now();
    this.#undrawnBytes += bytes.length;
    this.#screen.write(bytes, () => {
      this.#undrawnBytes -= bytes.length;
      if (this.#isPaused) this.settleFlow();
    });
    if (this.#viewers.size > 0) {
      const frame = outputFrame(bytes);
      for (const viewer of this.#viewers) viewer.output(frame);
    }
    this.settleFlow();
  }

  #end(end: ShellEnd): void {
    this.#flush();
    this.#pass(this.#tail);
    this.#tail = Buffer.alloc(0);
    this.ended = end;
    this.endedAt = Date.now();
    clearTimeout(this.#recheck);
    for (const viewer of this.#viewers) viewer.tell({ type: "ended", ...end });
    this.#onEnd(this);
  }

  #running(): string | null {
    if (this.ended) return null;
    // By name, since right after its start the PTY still has Hearth's own process in the foreground.
    const name = basename(this.#pty.process ?? "");
    return name && name !== this.#program ? name : null;
  }
}
