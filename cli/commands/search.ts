import type { Conversation } from "@/lib/chat/shapes";
import { listAll } from "../api/api.ts";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import { oneLine } from "../output/printable.ts";
import { style } from "../output/style.ts";

/** How many chats are shown. */
const most = 20;

export const search = defineCommand({
  name: "search",
  summary: "Find chats by what is in their titles and messages, last used first",
  where: "everywhere",
  arguments: [{ usage: "<words...>", summary: "what to look for" }],
  examples: ['hearth search "release notes"'],
  async run({ args, options, io, api }) {
    const found = await listAll<Conversation>(api, "/api/v1/conversations", { q: args.join(" ") }, most);
    if (options.json) return printJson(io, found);
    if (found.length === 0) return io.err("No chat has that.\n");
    for (const { id, title } of found) io.out(`${style(io.colour.out, "bold", oneLine(title))}  ${style(io.colour.out, "dim", id)}\n`);
    io.err("Go on with one: hearth chat --id <chat>\n");
  },
});
