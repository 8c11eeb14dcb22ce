import type { z } from "zod";
import type { Model, readiness } from "@/lib/gateway/contract";
import { type Api, listAll } from "../api/api.ts";
import { CliError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { printJson } from "../output/print-json.ts";
import { oneLine } from "../output/printable.ts";
import { style } from "../output/style.ts";
import { version } from "../version.ts";

type Readiness = z.output<typeof readiness>;
type Account = { signedIn: boolean; email?: string; models?: number };
type Status = Account & { server: string; cli: string; ready: boolean; readiness: Readiness };

export const status = defineCommand({
  name: "status",
  summary: "Tell whether the server is up and ready, and who you are there; ends with 1 when it is not ready",
  where: "shell",
  async run({ options, io, api }) {
    await api.get("/healthz");
    const { ready, readiness } = await readReadiness(api);
    const found: Status = { server: api.server, cli: version, ready, readiness, ...(await readOwn(api)) };
    if (options.json) printJson(io, found);
    else print(io, found);
    if (!ready) throw new CliError("failure", "The server is not ready: chats cannot be stored or answered.");
  },
});

/** A server that is not ready says so with 503 and the same answer. */
async function readReadiness(api: Api): Promise<{ ready: boolean; readiness: Readiness }> {
  const { status, body } = await api.getWhole<Readiness>("/readyz");
  return { ready: status === 200, readiness: body };
}

/** What only a caller with a sign-in or a key is told; a key may be kept from either. */
async function readOwn(api: Api): Promise<Account> {
  const me = await unlessRefused(api.get<{ email: string }>("/api/v1/me"));
  if (me === "notSignedIn") return { signedIn: false };
  const models = await unlessRefused(listAll<Model>(api, "/api/v1/models"));
  return {
    signedIn: true,
    ...(typeof me === "object" && { email: me.email }),
    ...(typeof models === "object" && { models: models.length }),
  };
}

async function unlessRefused<T extends object>(asked: Promise<T>): Promise<T | "notSignedIn" | "forbidden"> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CliError && (error.exit === "notSignedIn" || error.exit === "forbidden")) return error.exit;
    throw error;
  }
}

function print(io: Io, { server, cli, ready, readiness, signedIn, email, models }: Status): void {
  const mark = (ok: boolean, text: string) => style(io.colour.out, ok ? "green" : "red", text);
  const lines: [string, string][] = [
    ["server", `${server} ${mark(ready, ready ? "ready" : "not ready")}`],
    ["account", email ? oneLine(email) : signedIn ? "a key" : "not signed in"],
    ["database", mark(readiness.database.ok, readiness.database.ok ? "ok" : "away")],
    ...readiness.models.map(({ upstream, ok, state, error }): [string, string] => [
      "host",
      `${oneLine(upstream)} ${mark(ok, error ? `${state} (${oneLine(error)})` : state)}`,
    ]),
    ...(models === undefined ? [] : [["models", String(models)] satisfies [string, string]]),
    ["hearth", cli],
  ];
  for (const [name, text] of lines) io.out(`${name.padEnd(9)} ${text}\n`);
}
