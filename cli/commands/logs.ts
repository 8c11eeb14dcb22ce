import type { LogLine } from "@/lib/monitoring/logs/contract";
import { listAll } from "../api/api.ts";
import { CliError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import { followLines } from "../logs/follow-lines.ts";
import { lineText } from "../logs/line-text.ts";
import { since } from "../logs/since.ts";
import { numberBetween } from "../reply/chat-options.ts";

type Options = {
  level?: string;
  text?: string;
  request?: string;
  user?: string;
  run?: string;
  since?: string;
  lines?: number;
  follow?: boolean;
};

const [usual, usualFollowed, most, mostFollowed] = [50, 10, 10_000, 1_000];

export const logs = defineCommand<Options>({
  name: "logs",
  summary: "What all processes of Hearth log, the newest last (admins)",
  where: "everywhere",
  access: "admin",
  arguments: [{ usage: "[text...]", summary: "words that a line has, in its text or its fields" }],
  options: [
    { flags: "-l, --level <name>", summary: "lines at least so severe", choices: ["debug", "info", "warn", "error"] },
    { flags: "--text <words>", summary: "the same as the words after the command" },
    { flags: "--request <id>", summary: "lines of a request" },
    { flags: "--user <id>", summary: "lines of an account, by its id or email address" },
    { flags: "--run <id>", summary: "lines of a run" },
    { flags: "--since <when>", summary: "lines from a moment on: 10m, 2h, 3d ago, or a date", parse: since },
    {
      flags: "-n, --lines <number>",
      summary: `so many of the last lines; ${usual} (with --follow ${usualFollowed}) when absent, all with --since`,
      parse: numberBetween(1, most, true),
    },
    { flags: "-f, --follow", summary: "go on with what comes, until Ctrl-C; a connection that breaks off is opened again" },
  ],
  examples: ["hearth logs -f --level warn", "hearth logs --since 2h --user ada@example.org", "hearth logs -f --json | jq .text"],
  async run({ args, options, io, api }) {
    const { level, request: requestId, user: userId, run: runId, since: from, lines, follow, json } = options;
    if (follow && (lines ?? 0) > mostFollowed)
      throw new CliError("usage", `With --follow, -n is ${mostFollowed} at most. --since begins further back.`);
    const query = { level, text: [options.text, ...args].filter(Boolean).join(" ") || undefined, requestId, userId, runId, from };
    const write = (line: LogLine) => io.out(json ? `${JSON.stringify(line)}\n` : lineText(line, io.colour.out));
    if (follow) {
      const why = await followLines({ api, io, query: { ...query, limit: lines ?? (from ? undefined : usualFollowed) }, onLine: write });
      throw new CliError(why, "No longer following the log.");
    }
    const found = await listAll<LogLine>(api, "/api/v1/logs", query, lines ?? (from ? most : usual));
    for (const line of found.toReversed()) write(line);
    if (found.length === 0 && !json) io.err("No line matches.\n");
    if (found.length === most && !lines) io.err(`Only the newest ${most} lines; there may be more.\n`);
  },
});
