import { type Api, listAll } from "@/cli/api/api";
import { httpApi } from "@/cli/api/http-api";
import { complete } from "@/cli/console/complete";
import { consoleWords, runConsole } from "@/cli/console/run-console";
import { offeredTo, sharedCommands } from "@/cli/shared-commands";
import { createTerminal } from "@/components/terminal/create-terminal";
import type { TerminalLook } from "@/components/terminal/mount-terminal";
import { terminalTheme } from "@/components/terminal/terminal-theme";
import type { Model } from "@/lib/gateway/contract";
import { consoleHistory } from "./console-history";
import { consoleIo } from "./console-io";

/** A console in the page. `type` takes keys as a terminal tells them. */
export type MountedConsole = { type(data: string): void; focus(): void; setLook(look: TerminalLook): void; dispose(): void };

/** Puts a console into an element: the commands of the command line, as the person who is signed in. */
export function mountConsole(
  host: HTMLElement,
  user: { id: string; role: string },
  look: TerminalLook,
  onType: (text: string) => string,
): MountedConsole {
  const { terminal, fit } = createTerminal(host, { ...optionsOf(look), convertEol: true });
  fit.fit();
  const observer = new ResizeObserver(() => fit.fit());
  observer.observe(host);
  // The session's cookie goes along by itself.
  const api = httpApi(window.location.origin, { token: async () => undefined, renew: async () => undefined });
  const models = modelIds(api);
  // So that they are there by the time one is to be completed.
  void models();
  const { io, feed } = consoleIo({
    terminal,
    history: consoleHistory(user.id),
    complete: async (line) => complete(offeredTo(user.role), Object.keys(consoleWords), await models(), line),
  });
  terminal.onData((text) => feed(onType(text)));
  io.err("The same commands as on the command line, as you. Write help for what there is.\n");
  void runToEnd();
  terminal.focus();
  return {
    type: feed,
    focus: () => terminal.focus(),
    setLook(changed) {
      Object.assign(terminal.options, optionsOf(changed));
      fit.fit();
    },
    dispose() {
      observer.disconnect();
      terminal.dispose();
    },
  };

  /** Ctrl-D ends a shell; here there is nothing to go back to, so that the prompt comes again. */
  async function runToEnd(): Promise<void> {
    for (;;) await runConsole({ table: sharedCommands, offered: offeredTo(user.role), io, api, clear: () => terminal.clear() });
  }
}

/** The ids of the models, asked for once; none while they cannot be had. */
function modelIds(api: Api): () => Promise<string[]> {
  let asked: Promise<string[]> | undefined;
  return async () => {
    asked ??= listAll<Model>(api, "/api/v1/models").then((found) => ["auto", ...found.map(({ id }) => id)]);
    try {
      return await asked;
    } catch {
      asked = undefined;
      return [];
    }
  };
}

function optionsOf({ fontSizePx, screenReader, isDark }: TerminalLook) {
  return { fontSize: fontSizePx, screenReaderMode: screenReader, theme: terminalTheme(isDark) };
}
