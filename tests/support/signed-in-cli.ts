import { type ApiClient, eventually, signUp } from "./api-client";
import { type CliAtHome, cliAtHome } from "./cli";
import type { FakeHost } from "./fake-host";
import { fakeOllama } from "./fake-ollama";
import { type Hearth, startHearth } from "./hearth";

export const email = "admin@example.org";
export const password = "correct horse battery";

type Message = { role: string; content: string };

/** A built Hearth with an Ollama, and the command line of its admin, who is signed in by it. */
export type SignedInCli = {
  ollama: FakeHost;
  hearth: Hearth;
  admin: ApiClient;
  cli: CliAtHome;
  /** What the host was asked last, apart from the titles of chats. */
  lastAsked(): { body: Record<string, unknown>; messages: Message[] };
  /** Begins a question whose reply takes a minute, and waits until the host is writing it. */
  startLongReply(args: string[]): Promise<ReturnType<CliAtHome["start"]>>;
  /** Has the host answer as it did at first. */
  calmHost(): Promise<unknown>;
  close(): Promise<void>;
};

/** Starts all of it, with more of Hearth's environment if given. @throws Error when the sign-in does not work */
export async function signedInCli(env: Record<string, string> = {}): Promise<SignedInCli> {
  const ollama = await fakeOllama();
  const hearth = await startHearth({ env: { OLLAMA_BASE_URL: ollama.url, ...env } });
  const admin = await signUp(hearth.url, email);
  await eventually(async () => (await admin.json<{ items: unknown[] }>("/api/v1/models")).items.length > 0);
  const cli = cliAtHome();
  const { code, err } = await cli.run(["login", hearth.url, "-e", email, "--password-stdin"], { input: `${password}\n` });
  if (code !== 0) throw new Error(`login ended with ${code}: ${err}`);
  return {
    ollama,
    hearth,
    admin,
    cli,
    lastAsked() {
      const asked = ollama.chats
        .map(({ body }) => ({ body, messages: body.messages as Message[] }))
        .findLast(({ messages }) => !messages[0]?.content.startsWith("Write a title"));
      if (!asked) throw new Error("The host was not asked");
      return asked;
    },
    async startLongReply(args) {
      await ollama.behave({ tokens: 5_000, intervalMs: 10 });
      const before = ollama.chats.length;
      const started = cli.start(args);
      await eventually(async () => ollama.chats.length > before);
      await ollama.afterTokens(10);
      return started;
    },
    calmHost: () => ollama.behave({ tokens: 5, intervalMs: 0, misbehave: undefined, pull: undefined, reply: undefined }),
    async close() {
      cli.remove();
      await hearth.close();
      await ollama.close();
    },
  };
}
