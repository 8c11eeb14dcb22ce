import { CliError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import { printJson } from "../output/print-json.ts";

export const logout = defineCommand({
  name: "logout",
  summary: "End the sign-in, on the server and here; a key is only forgotten",
  where: "shell",
  async run({ options, io, api, signIns }) {
    const { server } = api;
    const kept = await signIns.find(server);
    if (!kept) throw new CliError("notSignedIn", `Not signed in at ${server}.`);
    if (kept.kind === "session") {
      await api.post("/api/v1/auth/logout").catch((error) => {
        // One that has ended already is as good as ended now.
        if (!(error instanceof CliError && error.exit === "notSignedIn")) throw error;
      });
    }
    await signIns.update(server, async () => undefined);
    if (options.json) return printJson(io, { server });
    io.out(`Signed out at ${server}.\n`);
  },
});
