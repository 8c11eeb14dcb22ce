import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import type { KeyView } from "./key-view.ts";

type Options = { scope?: string[]; model?: string[]; expires?: string };

export const keysCreate = defineCommand<Options>({
  name: "keys create",
  summary: "Make an API key and write it to the output, this once",
  where: "everywhere",
  arguments: [{ usage: "<name>", summary: "what it is for" }],
  options: [
    {
      flags: "--scope <scope>",
      summary: "what it may do; chat, embeddings and models when absent; may be given several times",
      repeatable: true,
      choices: ["chat", "embeddings", "models", "metrics", "admin"],
    },
    { flags: "--model <id>", summary: "a model it may use, as in ollama/*; may be given several times", repeatable: true },
    { flags: "--expires <time>", summary: "as in 2027-01-31T00:00:00Z; never when absent" },
  ],
  examples: ["hearth keys create ci --scope chat > key.txt"],
  async run({ args: [name = ""], options, io, api }) {
    const body = { name, scopes: options.scope, models: options.model, expiresAt: options.expires };
    const made = await api.post<KeyView & { key: string }>("/api/v1/keys", body);
    if (options.json) return printJson(io, made);
    io.out(`${made.key}\n`);
    io.err("Keep it: it is not shown again.\n");
  },
});
