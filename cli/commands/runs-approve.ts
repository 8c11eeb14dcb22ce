import type { Run } from "@/lib/chat/shapes";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";

export const runsApprove = defineCommand({
  name: "runs approve",
  summary: "Approve a tool call that a reply waits with, exactly as it was shown",
  where: "everywhere",
  completes: "runs",
  arguments: [
    { usage: "<id>", summary: "the run's id" },
    { usage: "<call>", summary: "the call's id, as the waiting reply told it" },
  ],
  async run({ args: [id = "", toolCallId = ""], options, io, api }) {
    const run = await api.post<Run>(`/api/v1/runs/${encodeURIComponent(id)}/approvals`, { toolCallId, decision: "approve" });
    if (options.json) return printJson(io, run);
    io.out(
      run.id === id ? "Approved. The reply waits for other approvals.\n" : `Approved. See the rest with: hearth runs follow ${run.id}\n`,
    );
  },
});
