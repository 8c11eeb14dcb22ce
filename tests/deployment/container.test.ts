import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, type Hearth, startHearth } from "../support/hearth";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const dockerfile = readFileSync(path.join(root, "Dockerfile"), "utf8");
const instruction = (pattern: RegExp) => JSON.parse(dockerfile.match(pattern)?.[1] ?? "[]") as string[];
const command = instruction(/^CMD (\[.+\])$/m);
const healthCheck = instruction(/HEALTHCHECK[^[]+CMD (\[.+\])$/m);

describe("the container's own commands", () => {
  let hearth: Hearth;
  beforeAll(async () => {
    hearth = await startHearth({ command: command.slice(1) });
  });
  afterAll(() => hearth.close());

  const check = (port: string | number) =>
    run(healthCheck[0] ?? "", healthCheck.slice(1), { env: { ...process.env, PORT: String(port) } }).then(
      () => "healthy",
      () => "unhealthy",
    );

  test("its command serves, and is the same as npm start's", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
    expect(command.join(" ")).toBe(scripts.start);
  });

  test("its health check passes while Hearth serves and fails when nothing does", async () => {
    expect(await check(new URL(hearth.url).port)).toBe("healthy");
    expect(await check(await freePort())).toBe("unhealthy");
  });

  test("it can fetch the default model from its second source, which takes pip", () => {
    const runtime = dockerfile.split(/^FROM /m).at(-1) ?? "";
    expect(runtime).toMatch(/apt-get install .*\bpython3-pip\b/);
  });

  test("it has terminals: what node-pty is compiled with is there before it is installed, and not in the image", () => {
    const [build = "", ...later] = dockerfile.split(/^FROM /m).slice(1);
    const [before = ""] = build.split("npm ci");
    for (const tool of ["python3", "make", "g\\+\\+"]) expect(before).toMatch(new RegExp(`apt-get install .*(?<=\\s)${tool}(?=\\s)`));
    expect(later.join("")).not.toMatch(/(?<=\s)(make|g\+\+)(?=\s)/);
  });

  test("it does not run as root", () => {
    expect(dockerfile.match(/^USER (\w+)$/gm)?.at(-1)).toBe("USER node");
  });
});
