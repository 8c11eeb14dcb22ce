import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, type Hearth, launch, startHearth } from "../support/hearth";

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
