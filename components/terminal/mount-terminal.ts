import type { ShellEnd } from "@/lib/terminal/contract";
import { takeCopyKey } from "./copy-keys";
import { type BrowserTerminal, createTerminal } from "./create-terminal";
import { connectShell, type ShellConnection } from "./shell-connection";
import { lookOptions, type TerminalLook } from "./terminal-look";
import type { ConnectionState } from "./terminal-types";

export type TerminalEvents = {
  onState: (state: ConnectionState) => void;
  onEnded: (end: ShellEnd) => void;
  onName: (name: string) => void;
  onFocus: () => void;
  /** A text of several lines was pasted, each of which the shell might run. */
  onLongPaste: (text: string) => void;
  /** Changes what is typed on its way, for the key bar's Ctrl. */
  onType: (text: string) => string;
  isSignedIn: () => Promise<boolean>;
};

/** A terminal in the page, joined with its shell. */
export type MountedTerminal = BrowserTerminal & {
  connection: ShellConnection;
  setLook(look: TerminalLook): void;
  dispose(): void;
};

const fitDelayMs = 60;

/** Puts a terminal into an element and joins it with a shell. */
export function mountTerminal(host: HTMLElement, id: string, look: TerminalLook, events: TerminalEvents): MountedTerminal {
  const made = createTerminal(host, lookOptions(look, host));
  const { terminal, fit } = made;
  fit.fit();
  /** How large the terminal could be where it is now; null while it cannot be seen. */
  const room = () => {
    const { cols = Number.NaN, rows = Number.NaN } = fit.proposeDimensions() ?? {};
    return Number.isFinite(cols) && Number.isFinite(rows) ? { cols, rows } : null;
  };
  const connection = connectShell({ id, terminal, size: room, ...events });
  /** Has the shell take the room there is: whoever looks on last decides its size. The terminal takes it when the server says so. */
  const fill = () => {
    const wanted = room();
    if (wanted && (wanted.cols !== terminal.cols || wanted.rows !== terminal.rows)) connection.resize(wanted);
  };
  let timer: number | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(fill, fitDelayMs);
  };
  const observer = new ResizeObserver(soon);
  observer.observe(host);
  terminal.onData((text) => connection.type(events.onType(text)));
  terminal.onBinary((text) => connection.typeBytes(Uint8Array.from(text, (character) => character.charCodeAt(0))));
  terminal.attachCustomKeyEventHandler((event) => !takeCopyKey(event, made));
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\r\n]/.test(text)) return;
    event.preventDefault();
    event.stopPropagation();
    events.onLongPaste(text);
  };
  const onFocus = () => {
    events.onFocus();
    fill();
  };
  host.addEventListener("paste", onPaste, true);
  host.addEventListener("focusin", onFocus);
  return {
    ...made,
    connection,
    setLook(changed) {
      Object.assign(terminal.options, lookOptions(changed, host));
      soon();
    },
    dispose() {
      clearTimeout(timer);
      observer.disconnect();
      host.removeEventListener("paste", onPaste, true);
      host.removeEventListener("focusin", onFocus);
      connection.close();
      terminal.dispose();
    },
  };
}
