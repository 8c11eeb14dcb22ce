import type { Model } from "@/lib/gateway/contract";
import { listAll } from "../api/api.ts";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";
import { printTable } from "../output/table.ts";

export const models = defineCommand({
  name: "models",
  summary: "List the models you may use",
  where: "everywhere",
  examples: ["hearth models --json | jq -r '.[].id'"],
  async run({ options, io, api }) {
    const found = await listAll<Model>(api, "/api/v1/models");
    if (options.json) return printJson(io, found);
    if (found.length === 0)
      return io.err("There is no model yet. An admin adds one under Settings, or with `hearth pull llama3.2:3b` on the command line.\n");
    printTable(io, found, [
      { title: "MODEL", of: ({ id }) => id },
      { title: "CONTEXT", of: ({ contextLength }) => contextLength ?? "", right: true },
      { title: "CAN", of: ({ capabilities }) => namesOf(capabilities) },
      {
        title: "HOSTS",
        of: ({ upstreams }) => upstreams.map(({ name, state }) => (state === "up" ? name : `${name} (${state})`)).join(", "),
      },
    ]);
  },
});

const namesOf = (capabilities: Model["capabilities"]) =>
  Object.entries(capabilities)
    .filter(([, can]) => can)
    .map(([name]) => name)
    .join(", ");
