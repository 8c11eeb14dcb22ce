import { CliError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import { checkReply } from "../reply/check-reply.ts";
import { followReply } from "../reply/follow-reply.ts";
import { replyView } from "../reply/show-reply.ts";

export const runsFollow = defineCommand({
  name: "runs follow",
  summary: "Write a run's reply from its start and as it comes; Ctrl-C stops watching, not the run",
  where: "everywhere",
  completes: "runs",
  arguments: [{ usage: "<id>", summary: "the run's id" }],
  async run({ args: [id = ""], options, io, api }) {
    const view = replyView(io);
    const path = `/api/v1/runs/${encodeURIComponent(id)}/stream`;
    const { reply, interruption } = await followReply({
      api,
      io,
      open: (signal) => api.events(path, { query: { from: 0 }, signal }),
      onHappening: options.json ? () => {} : view.show,
      ownsRun: false,
    }).finally(view.end);
    if (options.json) printJson(io, reply);
    if (interruption) throw new CliError(interruption, "No longer watching; the run goes on.");
    checkReply(reply);
  },
});
