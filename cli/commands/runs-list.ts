import type { Run } from "@/lib/chat/shapes";
import { listAll } from "../api/api.ts";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import { printTable } from "../output/table.ts";
import { numberBetween } from "../reply/chat-options.ts";

const states = ["queued", "running", "complete", "stopped", "interrupted", "failed", "awaiting-approval"];

export const runsList = defineCommand<{ limit?: number; chat?: string; status?: string }>({
  name: "runs list",
  summary: "List your runs, newest first",
  where: "everywhere",
  options: [
    { flags: "-n, --limit <number>", summary: "how many at most; 20 when absent", parse: numberBetween(1, 1_000, true) },
    { flags: "--chat <id>", summary: "those of one chat" },
    { flags: "--status <status>", summary: "those that stand so", choices: states },
  ],
  examples: ["hearth runs --status failed"],
  async run({ options, io, api }) {
    const { limit = 20, chat, status } = options;
    const runs = await listAll<Run>(api, "/api/v1/runs", { conversationId: chat, status }, limit);
    if (options.json) return printJson(io, runs);
    if (runs.length === 0) return io.err("There is no such run.\n");
    printTable(io, runs, [
      { title: "ID", of: ({ id }) => id },
      { title: "STATUS", of: ({ status }) => status },
      { title: "MODEL", of: ({ model }) => model ?? "" },
      { title: "STARTED", of: ({ startedAt }) => startedAt ?? "waits" },
      { title: "CHAT", of: ({ conversationId }) => conversationId },
      { title: "ERROR", of: ({ error }) => error?.message ?? "" },
    ]);
  },
});
