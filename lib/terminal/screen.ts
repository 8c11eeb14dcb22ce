import type { Terminal } from "@xterm/headless";
import { type CommandTracker, trackCommands } from "./commands/track-commands";
import type { ShellSize } from "./contract";
import { loadScreen } from "./load-libraries";
import { trackModes } from "./track-modes";

/** Lines above the screen that are kept and handed to whoever attaches. */
const scrollback = 10_000;

/** The server's own copy of what a shell shows, from which viewers are drawn when they attach. */
export type Screen = {
  /** Draws bytes. `onDrawn` is called after them, in order with other writes and calls of `inOrder`. */
  write(bytes: Uint8Array, onDrawn: () => void): void;
  /** Calls back once all that was written before is drawn. */
  inOrder(then: () => void): void;
  resize(size: ShellSize): void;
  /** What draws this screen on an empty terminal of its size, scroll-back and modes included. */
  snapshot(): Buffer;
  size(): ShellSize;
  /** The commands of a shell that writes marks around them; null where it writes none. */
  commands: CommandTracker | null;
  /** Whether the program has asked to be told where a paste begins and ends (DECSET 2004). */
  takesPastes(): boolean;
  dispose(): void;
};

/**
 * Makes a screen.
 * @param answer takes what the terminal says when a program asks it (its kind, the cursor's place); viewers do not answer, so that
 * there is one answer however many look on
 * @param nonce what the shell's marks carry; null for a shell that writes none
 */
export async function createScreen(size: ShellSize, answer: (text: string) => void, nonce: string | null = null): Promise<Screen> {
  const { Terminal, SerializeAddon, Unicode11Addon } = await loadScreen();
  const terminal: Terminal = new Terminal({ ...size, scrollback, allowProposedApi: true });
  const serializer = new SerializeAddon();
  // The addons are typed for the browser's terminal, whose interface the headless one shares as far as they use it.
  terminal.loadAddon(serializer as never);
  terminal.loadAddon(new Unicode11Addon() as never);
  terminal.unicode.activeVersion = "11";
  terminal.onData(answer);
  const modes = trackModes(terminal);
  const commands = nonce === null ? null : trackCommands(terminal, nonce);
  return {
    commands,
    takesPastes: () => terminal.modes.bracketedPasteMode,
    write: (bytes, onDrawn) =>
      terminal.write(bytes, () => {
        commands?.countDrawn(bytes.length);
        onDrawn();
      }),
    inOrder: (then) => terminal.write("", then),
    resize({ cols, rows }) {
      terminal.resize(cols, rows);
      modes.forgetRegion();
    },
    snapshot: () => Buffer.from(serializer.serialize() + modes.serialize()),
    size: () => ({ cols: terminal.cols, rows: terminal.rows }),
    dispose: () => terminal.dispose(),
  };
}
