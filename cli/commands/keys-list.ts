import { listAll } from "../api/api.ts";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import { printTable } from "../output/table.ts";
import type { KeyView } from "./key-view.ts";

export const keysList = defineCommand<{ all?: boolean }>({
  name: "keys list",
  summary: "List your API keys",
  where: "everywhere",
  options: [{ flags: "--all", summary: "everybody's (admins)" }],
  async run({ options, io, api }) {
    const keys = await listAll<KeyView>(api, "/api/v1/keys", { all: options.all });
    if (options.json) return printJson(io, keys);
    if (keys.length === 0) return io.err("There is no key yet. `hearth keys create <name>` makes one.\n");
    printTable(io, keys, [
      { title: "ID", of: ({ id }) => id },
      { title: "NAME", of: ({ name }) => name },
      { title: "KEY", of: ({ hint }) => `…${hint}` },
      { title: "STATE", of: ({ state }) => state },
      { title: "SCOPES", of: ({ scopes }) => scopes.join(", ") },
      { title: "LAST USED", of: ({ lastUsedAt }) => lastUsedAt ?? "never" },
      { title: "EXPIRES", of: ({ expiresAt }) => expiresAt ?? "never" },
      ...(options.all ? [{ title: "OWNER", of: ({ owner }: KeyView) => owner.email }] : []),
    ]);
  },
});
