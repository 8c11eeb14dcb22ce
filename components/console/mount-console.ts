import { takeCopyKey } from "@/components/terminal/copy-keys";
import { type BrowserTerminal, createTerminal } from "@/components/terminal/create-terminal";
import { lookOptions, type TerminalLook } from "@/components/terminal/terminal-look";
import { consoleMemory } from "./console-memory";
import { runConsole } from "./run-console";

export type ConsoleEvents = {
  onFocus: () => void;
  /** Changes what is typed on its way, for the key bar's Ctrl. */
  onType: (text: string) => string;
};

/** A console in the page. `take` is what its keys send. */
export type MountedConsole = BrowserTerminal & {
  take(data: string): void;
  setLook(look: TerminalLook): void;
  dispose(): void;
};

const fitDelayMs = 60;

/** Puts a terminal into an element and a console into that. */
export function mountConsole(
  host: HTMLElement,
  user: { id: string; role: string },
  look: TerminalLook,
  events: ConsoleEvents,
): MountedConsole {
  const made = createTerminal(host, { ...lookOptions(look, host), convertEol: true });
  const { terminal, fit } = made;
  fit.fit();
  const running = runConsole(terminal, consoleMemory(user.id), user.role);
  let timer: number | undefined;
  const soon = () => {
    clearTimeout(timer);
    // One that is hidden has no size, and keeps the one it had.
    timer = window.setTimeout(() => host.clientWidth > 0 && fit.fit(), fitDelayMs);
  };
  const observer = new ResizeObserver(soon);
  observer.observe(host);
  terminal.onData((text) => running.take(events.onType(text)));
  terminal.attachCustomKeyEventHandler((event) => !takeCopyKey(event, made));
  host.addEventListener("focusin", events.onFocus);
  return {
    ...made,
    take: running.take,
    setLook(changed) {
      Object.assign(terminal.options, lookOptions(changed, host));
      soon();
    },
    dispose() {
      clearTimeout(timer);
      observer.disconnect();
      host.removeEventListener("focusin", events.onFocus);
      running.dispose();
      terminal.dispose();
    },
  };
}
