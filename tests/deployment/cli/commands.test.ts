import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../support/api-client";
import { cliAtHome } from "../../support/cli";
import { freePort } from "../../support/hearth";
import { email, type SignedInCli, signedInCli } from "../../support/signed-in-cli";

let at: SignedInCli;
let ollama: SignedInCli["ollama"];
let hearth: SignedInCli["hearth"];
let cli: SignedInCli["cli"];

beforeAll(async () => {
  at = await signedInCli({ LOG_LEVEL: "info" });
  ({ ollama, hearth, cli } = at);
});
afterAll(() => at?.close());
afterEach(() => at.calmHost());

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

test("with --json a wrong command line is told as JSON too", async () => {
  const { code, out, err } = await cli.run(["ask", "--json", "--modle", "x"]);
  expect([code, out]).toEqual([2, ""]);
  expect(JSON.parse(err)).toMatchObject({ error: { code: "usage", exitCode: 2, detail: expect.stringContaining("--modle") } });
});

test("logs tells what was logged, and with -f goes on until Ctrl-C", async () => {
  const { runId } = JSON.parse((await cli.run(["ask", "--json", "Hi"])).out);
  await eventually(async () => (await cli.run(["logs", "--json"])).out.includes(runId));
  const { child, ended, written } = cli.start(["logs", "-f"]);
  await eventually(async () => written.out.includes(runId));
  const { runId: next } = JSON.parse((await cli.run(["ask", "--json", "And again"])).out);
  await eventually(async () => new RegExp(`INFO +run ended .*${next}`).test(written.out));
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 130 });
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
