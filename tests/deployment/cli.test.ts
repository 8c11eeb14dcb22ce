import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ApiClient, eventually, signUp } from "../support/api-client";
import { type CliAtHome, cliAtHome } from "../support/cli";
import type { FakeHost } from "../support/fake-host";
import { fakeOllama } from "../support/fake-ollama";
import { freePort, type Hearth, startHearth } from "../support/hearth";
import { postgresProxy } from "../support/postgres-proxy";

const email = "admin@example.org";
const password = "correct horse battery";

describe("hearth, the command line, at a Hearth with an Ollama", () => {
  let ollama: FakeHost;
  let hearth: Hearth;
  let admin: ApiClient;
  let cli: CliAtHome;

  type Message = { role: string; content: string };
  const messagesOf = ({ body }: { body: Record<string, unknown> }) => body.messages as Message[];
  /** What the host was asked last, apart from the titles of chats. */
  const lastAsked = () => {
    const asked = ollama.chats.findLast((request) => !messagesOf(request)[0]?.content.startsWith("Write a title"));
    if (!asked) throw new Error("The host was not asked");
    return asked;
  };
  const question = () => messagesOf(lastAsked()).findLast(({ role }) => role === "user")?.content;

  /** Begins a question whose reply takes a minute, and waits until the host is writing it. */
  const startLongReply = async (args: string[]) => {
    await ollama.behave({ tokens: 5_000, intervalMs: 10 });
    const before = ollama.chats.length;
    const started = cli.start(args);
    await eventually(async () => ollama.chats.length > before);
    await ollama.afterTokens(10);
    return started;
  };

  beforeAll(async () => {
    ollama = await fakeOllama();
    hearth = await startHearth({ env: { OLLAMA_BASE_URL: ollama.url } });
    admin = await signUp(hearth.url, email);
    await eventually(async () => (await admin.json<{ items: unknown[] }>("/api/v1/models")).items.length > 0);
    cli = cliAtHome();
    const { code, err } = await cli.run(["login", hearth.url, "-e", email, "--password-stdin"], { input: `${password}\n` });
    if (code !== 0) throw new Error(`login ended with ${code}: ${err}`);
  });
  afterAll(async () => {
    cli?.remove();
    await hearth?.close();
    await ollama?.close();
  });

  afterEach(() => ollama.behave({ tokens: 5, intervalMs: 0, misbehave: undefined, pull: undefined }));

  describe("signing in", () => {
    test("keeps the tokens in a file that nobody else may read, in a folder of the same kind, and leaves nothing beside it", () => {
      expect(cli.signIns.mode()).toBe(0o600);
      expect(cli.signIns.folder()).toEqual({ mode: 0o700, files: ["sign-ins.json"] });
      expect(cli.signIns.read()).toMatchObject({ lastServer: hearth.url, signIns: { [hearth.url]: { kind: "session", email } } });
    });

    test("with a wrong password ends with 3, tells the server's words, and keeps nothing", async () => {
      const other = cliAtHome();
      const { code, out, err } = await other.run(["login", hearth.url, "-e", email, "--password-stdin"], { input: "wrong password" });
      expect([code, out]).toEqual([3, ""]);
      expect(err).toMatch(/password/i);
      expect(() => other.signIns.read()).toThrow("ENOENT");
      other.remove();
    });

    test("with a key works too, also one that may not ask whose it is; an unknown key does not", async () => {
      const made = await cli.run(["keys", "create", "ci", "--scope", "models"]);
      expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^hk_\S+\n$/) });
      const other = cliAtHome();
      expect(await other.run(["login", hearth.url, "--key", "-"], { input: made.out })).toMatchObject({ code: 0 });
      expect(other.signIns.mode()).toBe(0o600);
      expect(await other.run(["models"])).toMatchObject({ code: 0, out: expect.stringContaining("ollama/llama3.2:3b") });
      expect(await other.run(["ask", "Hi"])).toMatchObject({ code: 6, out: "" });
      expect(await other.run(["login", hearth.url, "--key", "hk_unknown"])).toMatchObject({ code: 3 });
      other.remove();
    });

    test("is not needed where the environment has server and key", async () => {
      const { out: key } = await cli.run(["keys", "create", "environment"]);
      const other = cliAtHome();
      const env = { HEARTH_SERVER: hearth.url, HEARTH_API_KEY: key.trim() };
      expect(await other.run(["ask", "Hi"], { env })).toMatchObject({ code: 0, out: "tok0 tok1 tok2 tok3 tok4 \n" });
      other.remove();
    });

    test("an access token that has ended is renewed once by several commands at the same time, and all of them work", async () => {
      const kept = cli.signIns.read();
      const signIn = kept.signIns[hearth.url];
      if (!signIn) throw new Error("The sign-in is not there");
      cli.signIns.write({ ...kept, signIns: { [hearth.url]: { ...signIn, expiresAt: Date.now() - 1 } } });
      const all = await Promise.all(Array.from({ length: 4 }, () => cli.run(["models", "--json"])));
      expect(all.map(({ code, err }) => [code, err])).toEqual(Array(4).fill([0, ""]));
      const renewed = cli.signIns.read().signIns[hearth.url];
      expect(renewed?.refreshToken).not.toBe(signIn.refreshToken);
      expect(renewed?.expiresAt).toBeGreaterThan(Date.now());
      expect(cli.signIns.mode()).toBe(0o600);
      expect(cli.signIns.folder().files).toEqual(["sign-ins.json"]);
    });

    test("an access token that the server refuses before its time is renewed too", async () => {
      const kept = cli.signIns.read();
      const signIn = kept.signIns[hearth.url];
      if (!signIn) throw new Error("The sign-in is not there");
      cli.signIns.write({ ...kept, signIns: { [hearth.url]: { ...signIn, accessToken: "e30.e30.e30" } } });
      expect(await cli.run(["models"])).toMatchObject({ code: 0 });
    });

    test("out ends the sign-in on the server and forgets it here", async () => {
      const other = cliAtHome();
      await other.run(["login", hearth.url, "-e", email, "--password-stdin"], { input: password });
      const { accessToken } = other.signIns.read().signIns[hearth.url] ?? {};
      const statusWith = async () =>
        (await fetch(`${hearth.url}/api/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status;
      expect(await statusWith()).toBe(200);
      expect(await other.run(["logout"])).toMatchObject({ code: 0 });
      expect(await statusWith()).toBe(401);
      expect(other.signIns.read().signIns).toEqual({});
      expect(await other.run(["models", "--server", hearth.url])).toMatchObject({ code: 3, err: expect.stringContaining("hearth login") });
      other.remove();
    });
  });

  describe("ask", () => {
    test("writes the reply and nothing else, without colours where there is no terminal", async () => {
      expect(await cli.run(["ask", "Count", "for", "me"])).toEqual({ code: 0, out: "tok0 tok1 tok2 tok3 tok4 \n", err: "" });
      expect(question()).toBe("Count for me");
    });

    test("adds what is piped in to the question, without its colours, and files under their names", async () => {
      writeFileSync(path.join(cli.home, "notes.md"), "Use ```code```.\n");
      await cli.run(["ask", "-f", "notes.md", "review"], { input: "\u001b[31m-old\u001b[0m\n+new\n" });
      expect(question()).toBe("review\n\n```\n-old\n+new\n```\n\nnotes.md:\n````\nUse ```code```.\n````");
      await cli.run(["ask"], { input: "Only this\n" });
      expect(question()).toBe("Only this");
    });

    test("sends the options on", async () => {
      const options = ["-m", "ollama/llama3.2:3b", "-s", "Be short.", "-t", "0.5", "--top-p", "0.9", "--max-tokens", "50"];
      expect(await cli.run(["ask", ...options, "Hi"])).toMatchObject({ code: 0 });
      expect(messagesOf(lastAsked())[0]?.content).toContain("Be short.");
      expect(lastAsked().body.options).toMatchObject({ temperature: 0.5, top_p: 0.9, num_predict: 50 });
    });

    test("with --json tells reply, ids, model and usage on one line, and --continue goes on with that chat", async () => {
      const first = JSON.parse((await cli.run(["ask", "--json", "One"])).out);
      expect(first).toMatchObject({
        conversationId: expect.any(String),
        runId: expect.any(String),
        text: "tok0 tok1 tok2 tok3 tok4 ",
        status: "complete",
        model: "ollama/llama3.2:3b",
        usage: { outputTokens: 5 },
      });
      const next = JSON.parse((await cli.run(["ask", "--json", "--continue", "Two"])).out);
      expect(next.conversationId).toBe(first.conversationId);
      const other = JSON.parse((await cli.run(["ask", "--json", "--id", first.conversationId, "Three"])).out);
      expect(other.conversationId).toBe(first.conversationId);
      expect(await cli.run(["runs", "show", first.runId])).toMatchObject({ code: 0, out: expect.stringContaining("complete") });
      expect(await cli.run(["runs", "follow", first.runId])).toMatchObject({ code: 0, out: "tok0 tok1 tok2 tok3 tok4 \n" });
    });

    test("with --temporary leaves nothing behind", async () => {
      const { runId, conversationId } = JSON.parse((await cli.run(["ask", "--json", "--temporary", "Secret"])).out);
      expect(runId).toEqual(expect.any(String));
      expect((await admin.request(`/api/v1/conversations/${conversationId}`)).status).toBe(404);
    });

    test.each([
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const)("%s stops the run at the host, keeps what was written, and ends with %i", async (signal, code) => {
      const { child, ended, written } = await startLongReply(["ask", "--json", "Go on"]);
      child.kill(signal);
      expect(await ollama.closedByClient(5_000)).toBe(true);
      expect(await ended).toMatchObject({ code });
      const { runId, text, status } = JSON.parse(written.out);
      expect(status).toBe("stopped");
      expect(text).toMatch(/^tok0 tok1 /);
      expect(await admin.json(`/api/v1/runs/${runId}`)).toMatchObject({ status: "stopped" });
    });

    test("a reader that goes away stops the run too", async () => {
      const { child, ended } = await startLongReply(["ask", "Go on"]);
      child.stdout.destroy();
      expect(await ollama.closedByClient(5_000)).toBe(true);
      expect((await ended).code).toBe(141);
    });

    test("the words of a failed model reach the person, and it ends with 7", async () => {
      await ollama.behave({ misbehave: "context-too-long" });
      const { code, out, err } = await cli.run(["ask", "Hi"]);
      const asJson = await cli.run(["ask", "--json", "Hi"]);
      expect([code, out]).toEqual([7, ""]);
      expect(err).toMatch(/ollama/);
      expect(JSON.parse(asJson.err)).toMatchObject({ error: { code: "model_unavailable", exitCode: 7 } });
    });
  });

  describe("chat", () => {
    test("takes its lines from a script, and each reply knows what was said before", async () => {
      const { code, out } = await cli.run(["chat"], { input: "My name is Ann\n\nWhat is my name?\n/exit\nnever sent\n" });
      expect(code).toBe(0);
      expect(out).toBe("tok0 tok1 tok2 tok3 tok4 \ntok0 tok1 tok2 tok3 tok4 \n");
      const said = messagesOf(lastAsked()).filter(({ role }) => role !== "system");
      expect(said.map(({ content }) => content)).toEqual(["My name is Ann", "tok0 tok1 tok2 tok3 tok4 ", "What is my name?"]);
    });

    test("goes on with a chat by its id, and /new begins another", async () => {
      const { conversationId } = JSON.parse((await cli.run(["ask", "--json", "One"])).out);
      const { out } = await cli.run(["chat", "--json", "--id", conversationId], { input: "Two\n/new\nThree\n" });
      const [second, third] = out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(second.conversationId).toBe(conversationId);
      expect(third.conversationId).not.toBe(conversationId);
    });
  });

  describe("models, keys, usage, status, pull", () => {
    test("a key is listed, used, revoked, and then listed as revoked", async () => {
      const { id } = JSON.parse((await cli.run(["keys", "create", "short-lived", "--json"])).out);
      expect((await cli.run(["keys", "list"])).out).toMatch(new RegExp(`^${id}  short-lived +….* active `, "m"));
      expect(await cli.run(["keys", "revoke", id])).toMatchObject({ code: 0 });
      expect((await cli.run(["keys", "list"])).out).toMatch(new RegExp(`^${id}  short-lived +….* revoked `, "m"));
    });

    test("status tells server, account, hosts and models", async () => {
      const { code, out } = await cli.run(["status"]);
      expect(code).toBe(0);
      for (const part of [`${hearth.url} ready`, email, "ollama up", "models    "]) expect(out).toContain(part);
    });

    test("pull has the host download a model and tells its end; a name that is none fails with the host's words", async () => {
      expect(await cli.run(["pull", "tiny:1b"])).toMatchObject({ code: 0, out: "tiny:1b is there.\n", err: "" });
      expect(await cli.run(["pull", "unknown:1b"])).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/unknown:1b/) });
    });

    test("Ctrl-C cancels a download", async () => {
      await ollama.behave({ pull: { sizeBytes: 1_000, steps: 1_000, intervalMs: 20 } });
      const { child, ended } = cli.start(["pull", "big:70b"]);
      await eventually(async () => ollama.requests.some(({ path: asked, body }) => asked === "/api/pull" && body.model === "big:70b"));
      child.kill("SIGINT");
      expect(await ollama.closedByClient(5_000)).toBe(true);
      expect((await ended).code).toBe(130);
    });
  });

  describe("exit codes", () => {
    test.each([
      [["frobnicate"], 2, /unknown command/],
      [["ask", "--temperature", "9", "Hi"], 2, /0 to 2/],
      [["ask"], 2, /nothing to ask/],
      [["ask", "-f", "missing.txt", "Hi"], 2, /missing\.txt cannot be read/],
      [["ask", "--id", "nonsense", "Hi"], 2, /conversationId/],
      [["runs", "show", "00000000-0000-7000-8000-000000000000"], 4, /There is no run/],
      [["--help"], 0, /^$/],
      [["keys", "create", "--help"], 0, /^$/],
    ])("%j ends with %i", async (args, code, err) => {
      const ended = await cli.run(args);
      expect(ended.code).toBe(code);
      expect(ended.err).toMatch(err);
    });

    test("a server that is not there is 5, and nobody signed in is 3", async () => {
      const other = cliAtHome();
      const nowhere = `http://127.0.0.1:${await freePort()}`;
      expect(await other.run(["models", "--server", nowhere])).toMatchObject({
        code: 5,
        err: expect.stringContaining(`${nowhere} does not answer`),
      });
      expect(await other.run(["models", "--server", hearth.url])).toMatchObject({ code: 3, err: expect.stringContaining("hearth login") });
      expect(await other.run(["status", "--server", hearth.url])).toMatchObject({ code: 0, out: expect.stringContaining("not signed in") });
      other.remove();
    });
  });

  describe("connections that break off", () => {
    test("in the middle of a reply are opened again, and each word is written once", async () => {
      const { out: key } = await cli.run(["keys", "create", "through a proxy"]);
      const proxy = await postgresProxy(hearth.url);
      await ollama.behave({ tokens: 60, intervalMs: 10 });
      const lost = proxy.loseNextAnswer("tok30 ");
      const env = { HEARTH_SERVER: `http://127.0.0.1:${new URL(proxy.url).port}`, HEARTH_API_KEY: key.trim() };
      const { code, out, err } = await cli.run(["ask", "Count"], { env });
      await lost;
      await proxy.close();
      expect([code, err]).toEqual([0, ""]);
      expect(out).toBe(`${Array.from({ length: 60 }, (_, index) => `tok${index} `).join("")}\n`);
    });

    test("because the server died end with 1 once it is back, and what came is written", async () => {
      const { ended, written } = await startLongReply(["ask", "Go on"]);
      await eventually(async () => written.out.includes("tok9 "));
      await hearth.kill("SIGKILL");
      await hearth.restart();
      const { code, out, err } = await ended;
      expect(code).toBe(1);
      expect(out).toMatch(/^tok0 tok1 /);
      expect(err).toMatch(/stopped before the reply was whole/);
    });

    test("because the server is gone for good end with 5", async () => {
      const proxy = await postgresProxy(hearth.url);
      const { out: key } = await cli.run(["keys", "create", "through another"]);
      const env = { HEARTH_SERVER: `http://127.0.0.1:${new URL(proxy.url).port}`, HEARTH_API_KEY: key.trim() };
      const before = ollama.chats.length;
      await ollama.behave({ tokens: 5_000, intervalMs: 10 });
      const { ended, written } = cli.start(["ask", "Go on"], { env });
      await eventually(async () => ollama.chats.length > before && written.out.includes("tok9 "));
      proxy.cut();
      ollama.hurry();
      expect(await ended).toMatchObject({ code: 5, err: expect.stringContaining("does not answer") });
      await proxy.close();
    });
  });

  test("with --json a wrong command line is told as JSON too", async () => {
    const { code, out, err } = await cli.run(["ask", "--json", "--modle", "x"]);
    expect([code, out]).toEqual([2, ""]);
    expect(JSON.parse(err)).toMatchObject({ error: { code: "usage", exitCode: 2, detail: expect.stringContaining("--modle") } });
  });

  test("usage adds up by model", async () => {
    await cli.run(["ask", "Hi"]);
    // It is added up at the start, and else once a minute.
    await hearth.kill("SIGTERM");
    await hearth.restart();
    const [row] = JSON.parse((await cli.run(["usage", "--by", "model", "--json"])).out);
    expect(row).toMatchObject({ key: "ollama/llama3.2:3b", calls: expect.any(Number) });
    expect((await cli.run(["usage", "--by", "model"])).out).toMatch(/^MODEL +CALLS .*\nollama\/llama3\.2:3b +\d+/);
  });
});
