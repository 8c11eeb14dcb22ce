import type { UsageRow } from "@/lib/gateway/usage/contract";
import { listAll } from "../api/api.ts";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import { printTable } from "../output/table.ts";

type Options = { by?: string; from?: string; to?: string; all?: boolean };

export const usage = defineCommand<Options>({
  name: "usage",
  summary: "What your calls to models took, of the last 30 days unless told; a minute behind",
  where: "everywhere",
  options: [
    { flags: "--by <what>", summary: "what to add up by; day when absent", choices: ["day", "model", "key", "user"] },
    { flags: "--from <day>", summary: "first day (UTC), as in 2026-07-01" },
    { flags: "--to <day>", summary: "last day (UTC); today when absent" },
    { flags: "--all", summary: "everybody's (admins)" },
  ],
  examples: ["hearth usage --by model --from 2026-07-01"],
  async run({ options, io, api }) {
    const { by, from, to, all } = options;
    const rows = await listAll<UsageRow>(api, "/api/v1/usage", { groupBy: by, from, to, all });
    if (options.json) return printJson(io, rows);
    if (rows.length === 0) return io.err("There were no calls in that time.\n");
    printTable(io, rows, [
      { title: (by ?? "day").toUpperCase(), of: ({ label, key }) => label || key },
      { title: "CALLS", of: ({ calls }) => calls, right: true },
      { title: "FAILED", of: ({ failures }) => failures, right: true },
      { title: "CACHED", of: ({ cacheHits }) => cacheHits, right: true },
      { title: "TOKENS IN", of: ({ inputTokens }) => inputTokens, right: true },
      { title: "TOKENS OUT", of: ({ outputTokens }) => outputTokens, right: true },
      { title: "USD", of: ({ costUsd }) => costUsd.toFixed(4), right: true },
    ]);
  },
});
