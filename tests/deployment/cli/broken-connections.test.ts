import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../support/api-client";
import { postgresProxy } from "../../support/postgres-proxy";
import { type SignedInCli, signedInCli } from "../../support/signed-in-cli";

let at: SignedInCli;
let ollama: SignedInCli["ollama"];
let hearth: SignedInCli["hearth"];
let cli: SignedInCli["cli"];

beforeAll(async () => {
  at = await signedInCli();
  ({ ollama, hearth, cli } = at);
});
afterAll(() => at?.close());
afterEach(() => at.calmHost());

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
    const { ended, written } = await at.startLongReply(["ask", "Go on"]);
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
