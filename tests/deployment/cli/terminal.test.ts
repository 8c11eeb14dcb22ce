import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { cliAtHome } from "../../support/cli";
import { startHearth } from "../../support/hearth";
import { nodeBefore, programs } from "../../support/programs";
import { email, password, type SignedInCli, signedInCli } from "../../support/signed-in-cli";

const escapeStart = "\u001b[";
const ctrlC = "\u0003";

describe.skipIf(process.platform !== "linux" || !programs.has("script"))("hearth on a terminal", () => {
  let at: SignedInCli;
  let ollama: SignedInCli["ollama"];
  let hearth: SignedInCli["hearth"];
  let cli: SignedInCli["cli"];

  beforeAll(async () => {
    at = await signedInCli();
    ({ ollama, hearth, cli } = at);
  });
  afterEach(() => at.calmHost());
  afterAll(() => at?.close());

  test("login asks for email and password, and never shows the password", async () => {
    const other = cliAtHome();
    const terminal = other.startOnTerminal(["login", hearth.url]);
    await terminal.shows("Email: ");
    terminal.type(`${email}\r`);
    await terminal.shows("Password: ");
    terminal.type(`${password}\r`);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).toContain(`Signed in at ${hearth.url} as ${email}`);
    expect(terminal.screen()).not.toContain("horse");
    expect(other.signIns.mode()).toBe(0o600);
    other.remove();
  });

  test("colours are there on a terminal, and NO_COLOR takes them away", async () => {
    const coloured = cli.startOnTerminal(["models"]);
    expect(await coloured.ended).toBe(0);
    expect(coloured.screen()).toContain(`${escapeStart}1mMODEL`);
    const plain = cli.startOnTerminal(["models"], { env: { NO_COLOR: "1" } });
    expect(await plain.ended).toBe(0);
    expect(plain.screen()).toContain("MODEL");
    expect(plain.screen()).not.toContain(escapeStart);
  });

  test("a reply cannot control the terminal, and reaches a pipe as it is", async () => {
    const hostile = "a\u001b]0;owned\u0007b\u009b31mc";
    await ollama.behave({ reply: hostile });
    const terminal = cli.startOnTerminal(["ask", "Hi"], { env: { NO_COLOR: "1" } });
    terminal.type("\u0004");
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).toContain("a]0;ownedb31mc");
    expect((await cli.run(["ask", "Hi"])).out).toBe(`${hostile}\n`);
  });

  test("in a chat Ctrl-C stops the reply and the chat goes on; at the prompt it leaves at the second time", async () => {
    await ollama.behave({ tokens: 5_000, intervalMs: 10 });
    const terminal = cli.startOnTerminal(["chat"]);
    await terminal.shows("› ");
    terminal.type("Go on\r");
    await terminal.shows("tok9 ");
    terminal.type(ctrlC);
    expect(await ollama.closedByClient(5_000)).toBe(true);
    await terminal.shows("Stopped.");
    await terminal.shows("› ");
    await ollama.behave({ tokens: 3, intervalMs: 0 });
    terminal.type("Short now\r");
    await terminal.shows("tok2");
    await terminal.shows("› ");
    terminal.type(ctrlC);
    await terminal.shows("once more");
    terminal.type(ctrlC);
    await terminal.shows("hearth chat --id ");
    expect(await terminal.ended).toBe(0);
  });

  test("in a chat a second Ctrl-C, while the first is still at work, leaves", async () => {
    await ollama.behave({ tokens: 5_000, intervalMs: 10 });
    const terminal = cli.startOnTerminal(["chat"]);
    await terminal.shows("› ");
    terminal.type("Go on\r");
    await terminal.shows("tok9 ");
    // A Hearth that stands still does not end the reply.
    process.kill(hearth.pid, "SIGSTOP");
    try {
      terminal.type(ctrlC);
      await new Promise((resolve) => setTimeout(resolve, 400));
      terminal.type(ctrlC);
      expect(await terminal.ended).toBe(130);
    } finally {
      process.kill(hearth.pid, "SIGCONT");
    }
    expect(await ollama.closedByClient(5_000)).toBe(true);
  });

  test("what was written is there again in the next chat, for its owner alone", async () => {
    const first = cli.startOnTerminal(["chat"]);
    await first.shows("› ");
    first.type("Remember the milk\r");
    await first.shows("tok4");
    await first.shows("› ");
    first.type("\u0004");
    expect(await first.ended).toBe(0);
    const file = path.join(cli.home, "state", "hearth", "chat-history");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8").split("\n")[0]).toBe("Remember the milk");
    const second = cli.startOnTerminal(["chat", "--continue"]);
    await second.shows("Remember the milk");
    await second.shows("› ");
    second.type("\u001b[A");
    await second.shows("Remember the milk");
    second.type("\u0003\u0003\u0003");
    expect(await second.ended).toBe(0);
  });

  describe.skipIf(!nodeBefore(24))("run by an older Node", () => {
    const node = nodeBefore(24);

    test("it works on the Node that Hearth brings, with input, output and exit code passed on", async () => {
      expect(await cli.run(["ask"], { node, input: "Hi" })).toEqual({ code: 0, out: "tok0 tok1 tok2 tok3 tok4 \n", err: "" });
      expect(await cli.run(["frobnicate"], { node })).toMatchObject({ code: 2 });
    });

    test("SIGINT stops the run and ends with 130, as Ctrl-C on a terminal does", async () => {
      await ollama.behave({ tokens: 5_000, intervalMs: 10 });
      const { child, ended } = cli.start(["ask", "Go on"], { node });
      child.stdout.once("data", () => child.kill("SIGINT"));
      expect((await ended).code).toBe(130);
      expect(await ollama.closedByClient(5_000)).toBe(true);
      const terminal = cli.startOnTerminal(["chat"], { node });
      await terminal.shows("› ");
      terminal.type("Go on\r");
      await terminal.shows("tok9 ");
      terminal.type(ctrlC);
      await terminal.shows("Stopped.");
      await terminal.shows("› ");
      terminal.type("/exit\r");
      expect(await terminal.ended).toBe(0);
    });
  });
});

test("serve is npm start: it serves, status tells that there is no model yet, and it ends with 0 when it is told to", async () => {
  const hearth = await startHearth({ command: ["bin/hearth.js", "serve"] });
  expect((await fetch(`${hearth.url}/healthz`)).status).toBe(200);
  expect(hearth.output()).toContain(`http://localhost:${new URL(hearth.url).port}`);
  expect(hearth.output()).not.toContain("Warning");
  const cli = cliAtHome();
  const status = await cli.run(["status", "--server", hearth.url, "--json"]);
  cli.remove();
  expect([status.code, JSON.parse(status.out).ready]).toEqual([1, false]);
  expect(await hearth.kill("SIGTERM")).toBe(0);
  await hearth.close();
});

describe("completion", () => {
  const cli = cliAtHome();
  afterAll(() => cli.remove());

  const scriptFor = async (shell: string) => (await cli.run(["completion", shell])).out;
  const asked = (shell: string, args: string[], input = "") => execFileSync(shell, args, { input, encoding: "utf8" }).trim().split(/\s+/);

  test.skipIf(!programs.has("bash"))("bash completes commands, their second words and their options", async () => {
    const script = await scriptFor("bash");
    const complete = (...words: string[]) =>
      asked(
        "bash",
        ["-s"],
        `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})\nCOMP_CWORD=${words.length - 1}\n_hearth\necho "\${COMPREPLY[@]}"`,
      );
    expect(complete("hearth", "ke")).toEqual(["keys"]);
    expect(complete("hearth", "keys", "")).toEqual(["list", "create", "revoke"]);
    expect(complete("hearth", "ask", "--te")).toEqual(["--temperature", "--temporary"]);
    expect(complete("hearth", "ask", "-f", "")).toEqual([""]);
  });

  test.skipIf(!programs.has("fish"))("fish does too", async () => {
    const script = await scriptFor("fish");
    const complete = (line: string) => asked("fish", ["--no-config", "-c", `${script}\ncomplete -C '${line}' | string split -f1 \\t`]);
    expect(complete("hearth ke")).toEqual(["keys"]);
    expect(complete("hearth keys ")).toEqual(expect.arrayContaining(["list", "create", "revoke"]));
    expect(complete("hearth ask --te")).toEqual(expect.arrayContaining(["--temperature", "--temporary"]));
  });

  test.skipIf(!programs.has("zsh"))("zsh takes the script, as it is and evaluated", async () => {
    const script = await scriptFor("zsh");
    execFileSync("zsh", ["-n", "-s"], { input: script });
    expect(asked("zsh", ["-f"], `autoload -U compinit && compinit -D -u\n${script}\necho $_comps[hearth]`)).toEqual(["_hearth"]);
  });

  test("a shell that is not known is a wrong command line", async () => {
    expect(await cli.run(["completion", "csh"])).toMatchObject({ code: 2, out: "", err: expect.stringContaining("bash, zsh or fish") });
  });
});
