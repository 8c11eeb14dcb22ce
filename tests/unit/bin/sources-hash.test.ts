import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sourcesHash } from "../../../bin/sources-hash";

let root: string;
const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
};

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "hearth-sources-"));
  write("app/page.tsx", "one");
  write("lib/deep/er/verb.ts", "two");
  write("package-lock.json", "{}");
  write("next.config.mjs", "three");
});
afterEach(() => rmSync(root, { recursive: true }));

test("the build stays up to date when files have new times, or others than its sources change", () => {
  const before = sourcesHash(root);
  utimesSync(path.join(root, "app/page.tsx"), 1, 1);
  write("tests/unit/new.test.ts", "x");
  write("docs/page.md", "x");
  write("data/postgres/base", "x");
  expect(sourcesHash(root)).toBe(before);
});

test.each([
  ["a source changes", () => write("lib/deep/er/verb.ts", "changed")],
  ["a source is added", () => write("components/new.tsx", "")],
  ["a source is renamed", () => renameSync(path.join(root, "app/page.tsx"), path.join(root, "app/other.tsx"))],
  ["a dependency changes", () => write("package-lock.json", '{"packages":{}}')],
  ["the build's settings change", () => write("next.config.mjs", "changed")],
])("the build is out of date when %s", (_, change) => {
  const before = sourcesHash(root);
  change();
  expect(sourcesHash(root)).not.toBe(before);
});
