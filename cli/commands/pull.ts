import { unreachable } from "../api/http-api.ts";
import { CliError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import type { Interruption } from "../io.ts";
import { printJson } from "../output/print-json.ts";
import { progressLine } from "../output/progress.ts";
import { size } from "../output/size.ts";

type Progress = { status: string; completed: number | null; total: number | null; error?: string };

export const pull = defineCommand<{ host?: string }>({
  name: "pull",
  summary: "Have an Ollama download a model (admins); Ctrl-C cancels it",
  where: "shell",
  arguments: [{ usage: "<name>", summary: "as in llama3.2:3b or hf.co/someone/model:Q4_K_M" }],
  options: [{ flags: "--host <id>", summary: "the host to download it to; the first Ollama when absent" }],
  examples: ["hearth pull llama3.2:3b"],
  async run({ args: [name = ""], options, io, api }) {
    const gone = new AbortController();
    let interruption: Interruption | undefined;
    const takeBack = io.onInterrupt((why) => {
      interruption = why;
      gone.abort();
    });
    const line = progressLine(io);
    let last: Progress | undefined;
    try {
      const body = { name, upstreamId: options.host };
      const events = await api.events("/api/v1/models/pull", { body, signal: gone.signal });
      for await (const { data } of events) {
        last = JSON.parse(data) as Progress;
        if (last.error) throw new CliError("failure", last.error);
        line.show(describe(name, last));
      }
      if (!events.isDone && !interruption) throw unreachable(api.server, "the connection broke off");
    } catch (error) {
      if (!interruption) throw error;
    } finally {
      line.clear();
      takeBack();
    }
    if (interruption) throw new CliError(interruption, "Cancelled. Pull it again: it goes on where it stopped.");
    if (options.json) printJson(io, { name, ...last });
    else io.out(`${name} is there.\n`);
  },
});

/** As in `llama3.2:3b  45 %  0.9 GB of 2.0 GB`. */
export function describe(name: string, { status, completed, total }: Progress): string {
  if (!total || completed === null) return `${name}  ${status}`;
  return `${name}  ${Math.floor((100 * completed) / total)} %  ${size(completed)} of ${size(total)}`;
}
