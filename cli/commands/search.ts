import type { Conversation } from "@/lib/chat/shapes";
import { listAll } from "../api/api.ts";
import { CliError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import { oneLine } from "../output/printable.ts";
import { style } from "../output/style.ts";
import { numberBetween } from "../reply/chat-options.ts";

type Found = Conversation & { snippet?: string };

export const search = defineCommand<{ limit?: number }>({
  name: "search",
  summary: "Find chats by their words, with model:, tag:, folder:, before: and after:",
  where: "everywhere",
  arguments: [{ usage: "<words...>", summary: "what they contain; a phrase in quotes" }],
  options: [{ flags: "-n, --limit <number>", summary: "how many at most; 20 when absent", parse: numberBetween(1, 1_000, true) }],
  examples: ["hearth search 'after:2026-07-01 \"sourdough starter\"'"],
  async run({ args, options, io, api }) {
    const q = args.join(" ").trim();
    if (q === "") throw new CliError("usage", "There is nothing to search for. Write it after the command, as in hearth search bread.");
    const found = await listAll<Found>(api, "/api/v1/conversations", { q }, options.limit ?? 20);
    if (options.json) return printJson(io, found);
    if (found.length === 0) return io.err("No chat has that.\n");
    for (const { id, title, updatedAt, snippet } of found) {
      io.out(`${style(io.colour.out, "bold", oneLine(title))}  ${style(io.colour.out, "grey", `${updatedAt.slice(0, 10)}  ${id}`)}\n`);
      if (snippet) io.out(`  ${marked(oneLine(snippet), io.colour.out)}\n`);
    }
  },
});

/** The words that were found are in `<mark>`, and all else of the text is escaped as in HTML. */
function marked(snippet: string, colour: boolean): string {
  const shown = snippet.replaceAll(/<mark>(.*?)<\/mark>/g, (_, words: string) => style(colour, "yellow", words));
  return shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
