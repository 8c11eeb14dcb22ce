import type { Run } from "@/lib/chat/shapes";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";

export const runsReject = defineCommand<{ reason?: string }>({
  name: "runs reject",
  summary: "Reject a tool call that a reply waits with; the model is told",
  where: "everywhere",
  completes: "runs",
  arguments: [
    { usage: "<id>", summary: "the run's id" },
    { usage: "<call>", summary: "the call's id, as the waiting reply told it" },
  ],
  options: [{ flags: "--reason <words>", summary: "what the model is to read" }],
  async run({ args: [id = "", toolCallId = ""], options, io, api }) {
    const body = { toolCallId, decision: "reject", ...(options.reason && { reason: options.reason }) };
    const run = await api.post<Run>(`/api/v1/runs/${encodeURIComponent(id)}/approvals`, body);
    if (options.json) return printJson(io, run);
    io.out(
      run.id === id ? "Rejected. The reply waits for other approvals.\n" : `Rejected. See the rest with: hearth runs follow ${run.id}\n`,
    );
  },
});
