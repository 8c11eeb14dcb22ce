import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiClient, events, idsOf, signUp } from "../support/api-client";
import { fakeOllama } from "../support/fake-ollama";
import { freePort, type Hearth, launch, startHearth } from "../support/hearth";
import { walkApi } from "../support/walk-api";

/** Runs a process that should give up, and tells how it ended. */
async function refusal(where: { dataDir: string; port: number }, env: Record<string, string> = {}) {
  const running = await launch({ env }, where);
  const code = await running.ended;
  return { code, lines: running.errors.trim().split("\n") };
}

describe("npm start with the embedded database", () => {
  let hearth: Hearth;
  beforeAll(async () => {
    hearth = await startHearth();
  });
  afterAll(() => hearth.close());

  test("it serves from an empty folder, and prints its address and its database", async () => {
    expect((await fetch(`${hearth.url}/healthz`)).status).toBe(200);
    expect(hearth.output()).toContain(`http://localhost:${new URL(hearth.url).port}`);
    expect(hearth.output()).toMatch(/Database\s+embedded/);
  });

  test("it is not ready without a model, and says what is there and what is missing", async () => {
    const answer = await fetch(`${hearth.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(await answer.json()).toEqual({ database: { ok: true }, models: [], jobs: { ok: true } });
  });

  test("every path of its description answers each of the seven methods as described, to nobody and to an admin", async () => {
    const nobody = await walkApi(hearth.url);
    expect(nobody.wrong).toEqual([]);
    expect(nobody.calls).toBeGreaterThan(250);
    const { accessToken } = await signUp(hearth.url);
    const admin = await walkApi(hearth.url, { headers: { authorization: `Bearer ${accessToken}` }, skip: ["logout"] });
    expect(admin.wrong).toEqual([]);
  });

  test("a second process on the same data folder stops with one clear line", async () => {
    const { code, lines } = await refusal({ dataDir: hearth.dataDir, port: await freePort() });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^Hearth did not start\. Another Hearth is already running on .+ Stop it first/)]);
    expect((await fetch(`${hearth.url}/healthz`)).status).toBe(200);
  });

  test("a restart on the same folder serves within 1.5 seconds on an idle machine, and within 6 on a busy one", async () => {
    expect(await hearth.kill("SIGTERM")).toBe(0);
    const startedAt = performance.now();
    await hearth.restart();
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });

  test("SIGTERM ends an idle process with code 0 within 10 seconds", async () => {
    const startedAt = performance.now();
    expect(await hearth.kill("SIGTERM")).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await hearth.restart();
  });
});

describe("npm start that cannot start", () => {
  test("a bad value in the environment stops it with one line that names the variable", async () => {
    const { code, lines } = await refusal({ dataDir: "/nonexistent", port: 0 }, { HEARTH_SIGNUP: "maybe" });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining("HEARTH_SIGNUP")]);
  });

  test("a proxy list that cannot be read stops it with one line that names the variable", async () => {
    const { code, lines } = await refusal({ dataDir: "/nonexistent", port: 0 }, { HEARTH_TRUSTED_PROXIES: "10.0.0.0/40" });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining("HEARTH_TRUSTED_PROXIES")]);
  });

  test("a port that another program has stops it with one line that says what to set", async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, "0.0.0.0", resolve));
    const { code, lines } = await refusal({ dataDir: "/nonexistent", port });
    other.close();
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/port is in use.+PORT/)]);
  });

  test("a Postgres that does not answer stops it with one line that names DATABASE_URL and hides the password", async () => {
    const env = { DATABASE_URL: `postgres://hearth:hunter2@127.0.0.1:${await freePort()}/hearth` };
    const { code, lines } = await refusal({ dataDir: "/nonexistent", port: await freePort() }, env);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining("DATABASE_URL")]);
    expect(lines.join()).not.toContain("hunter2");
  });
});

describe("the words npm start, as a person types them", () => {
  let ollama: Awaited<ReturnType<typeof fakeOllama>>;
  let hearth: Hearth;
  let client: ApiClient;

  beforeAll(async () => {
    ollama = await fakeOllama({ tokens: 100, intervalMs: 20 });
    hearth = await startHearth({ program: "npm", command: ["start"], env: { OLLAMA_BASE_URL: ollama.url } });
    client = await signUp(hearth.url);
  });
  afterAll(async () => {
    if (isGroupAlive()) process.kill(-hearth.pid, "SIGKILL");
    await hearth.close();
    await ollama.close();
  });

  /** Whether npm or anything that it started is still there. */
  function isGroupAlive(): boolean {
    try {
      return process.kill(-hearth.pid, 0);
    } catch {
      return false;
    }
  }

  /** Begins a reply of two seconds and waits until it is under way. */
  async function beginReply(): Promise<string> {
    const response = await client.request("/api/v1/chat", { method: "POST", body: JSON.stringify({ message: "count", stream: true }) });
    const { value } = await events(response).next();
    await ollama.afterTokens(10);
    return idsOf(value).conversationId;
  }

  test("they are ready with a host that has a model, and each host's state is told without its address", async () => {
    const answer = await fetch(`${hearth.url}/readyz`);
    expect(answer.status).toBe(200);
    const since = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(await answer.json()).toEqual({
      database: { ok: true },
      models: [{ upstream: "ollama", ok: true, state: "up", since }],
      jobs: { ok: true },
    });
  });

  test("they serve, and Ctrl-C, which reaches npm and Hearth and is passed on besides, lets a reply finish before all is gone", async () => {
    expect((await fetch(`${hearth.url}/healthz`)).status).toBe(200);
    const conversationId = await beginReply();
    process.kill(-hearth.pid, "SIGINT");
    await expect.poll(isGroupAlive, { timeout: 10_000 }).toBe(false);
    await hearth.restart();
    const { items } = await client.json<{ items: { status: string; text: string }[] }>(`/api/v1/messages?conversationId=${conversationId}`);
    expect(items.at(-1)).toMatchObject({ status: "complete", text: expect.stringMatching(/^tok0 .*tok99/) });
  });

  test("SIGTERM to npm, which reaches its shell alone, ends Hearth too", async () => {
    await hearth.kill("SIGTERM");
    await expect.poll(isGroupAlive, { timeout: 10_000 }).toBe(false);
    await expect(fetch(`${hearth.url}/healthz`)).rejects.toThrow();
  });
});
