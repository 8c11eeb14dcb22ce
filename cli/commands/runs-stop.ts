import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";

export const runsStop = defineCommand({
  name: "runs stop",
  summary: "Stop a run, keeping what was written; harmless when it has ended",
  where: "everywhere",
  completes: "runs",
  arguments: [{ usage: "<id>", summary: "the run's id" }],
  async run({ args: [id = ""], options, io, api }) {
    await api.post(`/api/v1/runs/${encodeURIComponent(id)}/stop`);
    if (options.json) return printJson(io, { id });
    io.out(`${id} is told to stop.\n`);
  },
});
