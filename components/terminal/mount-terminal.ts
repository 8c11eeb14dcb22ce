import { toast } from "sonner";
import { copyText } from "@/components/ui/copy-text";
import type { ShellEnd } from "@/lib/terminal/contract";
import { type BrowserTerminal, createTerminal } from "./create-terminal";
import { connectShell, type ShellConnection } from "./shell-connection";
import { terminalTheme } from "./terminal-theme";
import type { ConnectionState } from "./terminal-types";

export type TerminalLook = { fontSizePx: number; screenReader: boolean; isDark: boolean };

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
  const made = createTerminal(host, optionsOf(look));
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
  terminal.attachCustomKeyEventHandler((event) => !takeKey(event, made));
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
      Object.assign(terminal.options, optionsOf(changed));
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

function optionsOf({ fontSizePx, screenReader, isDark }: TerminalLook) {
  return { fontSize: fontSizePx, screenReaderMode: screenReader, theme: terminalTheme(isDark) };
}

/** Copy and paste have Shift beside Ctrl, which alone goes to the shell. @returns whether the key is not for the shell */
function takeKey(event: KeyboardEvent, { terminal }: BrowserTerminal): boolean {
  if (event.type !== "keydown" || !event.ctrlKey || !event.shiftKey) return false;
  if (event.code === "KeyC") {
    event.preventDefault();
    if (terminal.hasSelection()) void copySelection(terminal.getSelection());
    return true;
  }
  // The browser pastes by itself, which works over plain HTTP too.
  return event.code === "KeyV";
}

async function copySelection(text: string): Promise<void> {
  if (!(await copyText(text))) toast.error("The browser did not allow copying.");
}
