import type { Terminal } from "@xterm/xterm";
import { listAll } from "@/cli/api/api";
import { httpApi } from "@/cli/api/http-api";
import { complete } from "@/cli/console/complete";
import { consoleProgram } from "@/cli/console/console-program";
import { style } from "@/cli/output/style";
import type { Run } from "@/lib/chat/shapes";
import type { Model } from "@/lib/gateway/contract";
import { consoleIo } from "./console-io";
import type { ConsoleMemory } from "./console-memory";
import { clearScreen, createPrompt } from "./prompt";

const greeting = `${style(true, "grey", "Hearth’s console. Write help to see what there is.")}\r\n`;
const question = `${style(true, "green", "hearth>")} `;
/** How long the models that Tab offers count as known; runs come and go. */
const keptMs = { models: 60_000, runs: 5_000 };
/** The runs that Tab offers. */
const mostRuns = 50;
/** Has what is pasted marked as such, so that its line breaks do not count as Enter. */
const markPastes = "\x1b[?2004h";

/** Reads lines in a terminal and runs them, as whoever is signed in, until `dispose`. A run on the server goes on then. */
export function runConsole(terminal: Terminal, memory: ConsoleMemory, role: string) {
  // The browser's cookie says who asks.
  const api = httpApi(window.location.origin, { token: async () => undefined, renew: async () => undefined });
  const { offered, run } = consoleProgram({ api, role, chosen: memory.model, clearScreen: () => terminal.write(clearScreen) });
  let current: ReturnType<typeof consoleIo> | null = null;
  let isOver = false;
  const prompt = createPrompt(terminal, () => current?.interrupt());
  const ids = {
    models: rememberFor(keptMs.models, async () => {
      const found = await listAll<Model>(api, "/api/v1/models").catch(() => []);
      return [...found.map(({ id }) => id), "auto"];
    }),
    runs: rememberFor(keptMs.runs, async () => (await listAll<Run>(api, "/api/v1/runs", {}, mostRuns).catch(() => [])).map(({ id }) => id)),
  };
  const readLine = async (asked: string) => {
    const line = await prompt.ask({ question: asked, history: memory.chat.read(), canLeave: true });
    if (line !== null) memory.chat.add(line);
    return line;
  };
  const loop = async () => {
    terminal.write(markPastes + greeting);
    while (!isOver) {
      const history = memory.commands.read();
      const line = await prompt.ask({ question, history, complete: (text) => complete(offered, text, (of) => ids[of]()) });
      if (line === null || line.trim() === "") continue;
      memory.commands.add(line);
      current = consoleIo({ write: (text) => !isOver && terminal.write(text), readLine });
      await Promise.race([run(line, current.io), current.left]);
      current = null;
    }
  };
  void loop();
  const taken = terminal.onResize(prompt.redraw);
  return {
    take: prompt.take,
    dispose() {
      isOver = true;
      current?.leave();
      taken.dispose();
    },
  };
}

/** Asks again when what it was told is older than that. */
function rememberFor<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  let askedAt = 0;
  return () => {
    if (!kept || Date.now() - askedAt > ms) {
      askedAt = Date.now();
      kept = ask();
    }
    return kept;
  };
}
