import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isBuilt } from "@/bin/build-app";
import { sourcesHash } from "@/bin/sources-hash";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "hearth-built-"));
  mkdirSync(path.join(root, "app"));
  writeFileSync(path.join(root, "app", "page.tsx"), "one");
});
afterEach(() => rmSync(root, { recursive: true }));

/** What a finished build leaves. */
function leaveBuild(): void {
  mkdirSync(path.join(root, ".next"), { recursive: true });
  writeFileSync(path.join(root, ".next", "hearth-sources"), sourcesHash(root));
}

test("there is a build only when one was finished and the sources are still those it was made from", () => {
  expect(isBuilt(root)).toBe(false);
  // A build that was broken off leaves the folder without the note.
  mkdirSync(path.join(root, ".next"));
  expect(isBuilt(root)).toBe(false);
  leaveBuild();
  expect(isBuilt(root)).toBe(true);
  writeFileSync(path.join(root, "app", "page.tsx"), "two");
  expect(isBuilt(root)).toBe(false);
  leaveBuild();
  expect(isBuilt(root)).toBe(true);
});
