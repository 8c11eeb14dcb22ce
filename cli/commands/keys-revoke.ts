import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";

export const keysRevoke = defineCommand({
  name: "keys revoke",
  summary: "Revoke an API key: it stops working at once, for good",
  where: "everywhere",
  arguments: [{ usage: "<id>", summary: "as `hearth keys list` shows it" }],
  async run({ args: [id = ""], options, io, api }) {
    await api.delete(`/api/v1/keys/${encodeURIComponent(id)}`);
    if (options.json) return printJson(io, { id, state: "revoked" });
    io.out(`${id} is revoked.\n`);
  },
});
