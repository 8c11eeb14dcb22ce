import type { Run } from "@/lib/chat/shapes";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import { oneLine } from "../output/printable.ts";

export const runsShow = defineCommand({
  name: "runs show",
  summary: "Show how a run stands",
  where: "everywhere",
  completes: "runs",
  arguments: [{ usage: "<id>", summary: "the run's id, as `hearth ask --json` tells it" }],
  async run({ args: [id = ""], options, io, api }) {
    const run = await api.get<Run>(`/api/v1/runs/${encodeURIComponent(id)}`);
    if (options.json) return printJson(io, run);
    const { status, model, conversationId, startedAt, endedAt, error } = run;
    const lines = { run: run.id, status, model, chat: conversationId, started: startedAt, ended: endedAt, error: error?.message };
    for (const [name, value] of Object.entries(lines)) if (value) io.out(`${name.padEnd(8)} ${oneLine(value)}\n`);
  },
});
