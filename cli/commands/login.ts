import { httpApi } from "../api/http-api.ts";
import { CliError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { printJson } from "../output/print-json.ts";
import { oneLine } from "../output/printable.ts";
import { serverAddress } from "../sign-in/server-address.ts";
import { type SignIn, toSignIn } from "../sign-in/sign-ins.ts";

type Options = { email?: string; passwordStdin?: boolean; key?: string };

export const login = defineCommand<Options>({
  name: "login",
  summary: "Sign in at a Hearth, with email and password or with an API key",
  where: "shell",
  arguments: [{ usage: "[address]", summary: "as in https://hearth.example.org; the last one, or http://localhost:3000" }],
  options: [
    { flags: "-e, --email <address>", summary: "asked for when absent" },
    { flags: "--password-stdin", summary: "read the password from the standard input, for scripts" },
    { flags: "-k, --key <key>", summary: "an API key (hk_…) in place of email and password; - reads it from the standard input" },
  ],
  examples: ["hearth login https://hearth.example.org", "echo $KEY | hearth login localhost:3000 --key -"],
  async run({ args: [address], options, io, api, signIns }) {
    const server = address ? serverAddress(address) : api.server;
    const { signIn, ...who } = options.key ? await withKey(server, options.key, io) : await withPassword(server, options, io);
    await signIns.update(server, async () => signIn);
    if (options.json) return printJson(io, { server, ...who });
    io.out(`Signed in at ${server}${who.email ? ` as ${oneLine(who.email)}` : " with a key"}.\n`);
  },
});

const anonymous = { token: async () => undefined, renew: async () => undefined };

async function withPassword(server: string, { email: given, passwordStdin }: Options, io: Io) {
  if (!given && !io.isTerminal.in) throw new CliError("usage", "Give --email: there is no terminal to ask on.");
  if (!passwordStdin && !io.isTerminal.in) throw new CliError("usage", "Give --password-stdin or --key: there is no terminal to ask on.");
  const email = given ?? (await io.readLine("Email: ")) ?? "";
  const password = passwordStdin ? (await io.readInput()).replace(/\r?\n$/, "") : await io.readHidden("Password: ");
  const session = await httpApi(server, anonymous).post<Parameters<typeof toSignIn>[0]>("/api/v1/auth/login", { email, password });
  return { signIn: toSignIn(session), email: session.user.email };
}

async function withKey(server: string, given: string, io: Io): Promise<{ signIn: SignIn; email?: string }> {
  const key = given === "-" ? (await io.readInput()).trim() : given;
  if (!/^hk_\S+$/.test(key))
    throw new CliError("usage", "An API key begins with hk_. Make one with `hearth keys create` or under Settings.");
  const asKey = httpApi(server, { token: async () => key, renew: async () => undefined });
  try {
    const { email } = await asKey.get<{ email: string }>("/api/v1/me");
    return { signIn: { kind: "key", key }, email };
  } catch (error) {
    // A good key need not be one that may ask whose it is.
    if (error instanceof CliError && error.problem.code === "forbidden") return { signIn: { kind: "key", key } };
    throw error;
  }
}
