import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { cliAtHome } from "../../support/cli";
import { email, password, type SignedInCli, signedInCli } from "../../support/signed-in-cli";

let at: SignedInCli;
let hearth: SignedInCli["hearth"];
let cli: SignedInCli["cli"];

beforeAll(async () => {
  at = await signedInCli();
  ({ hearth, cli } = at);
});
afterAll(() => at?.close());
afterEach(() => at.calmHost());

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
    const statusWith = async () => (await fetch(`${hearth.url}/api/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status;
    expect(await statusWith()).toBe(200);
    expect(await other.run(["logout"])).toMatchObject({ code: 0 });
    expect(await statusWith()).toBe(401);
    expect(other.signIns.read().signIns).toEqual({});
    expect(await other.run(["models", "--server", hearth.url])).toMatchObject({ code: 3, err: expect.stringContaining("hearth login") });
    other.remove();
  });
});
