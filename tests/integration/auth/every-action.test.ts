// Next keeps requests in AsyncLocalStorage, which it finds on globalThis.
import "next/dist/server/node-environment-baseline";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { inRequest } from "@/tests/support/request-scope";

const root = path.resolve(import.meta.dirname, "../../..");
const directive = /^\s*["']use server["'];?\s*$/m;
const sources = globSync("{app,components,lib}/**/*.{ts,tsx}", { cwd: root }).toSorted();
const files = sources.filter((file) => directive.test(readFileSync(path.join(root, file), "utf8")));

type Action = ((input: unknown) => Promise<{ ok: boolean; problem?: { status: number } }>) & { access?: string };

const exportsOf = async (file: string) => Object.entries((await import(path.join(root, file))) as Record<string, Action>);

test("server actions are in files of their own, and none is written inside a component", () => {
  expect(files).toContain("app/(auth)/actions.ts");
  for (const file of files) expect(readFileSync(path.join(root, file), "utf8").startsWith('"use server";'), file).toBe(true);
});

test.each(files)("every export of %s declares its caller rule by action(), and one that is not public refuses nobody", async (file) => {
  for (const [name, run] of await exportsOf(file)) {
    expect(run.access, `${name} is made by action()`).toMatch(/^(public|user|admin)$/);
    if (run.access === "public") continue;
    const page = new Request("http://localhost:3000/", { headers: { host: "localhost:3000", "sec-fetch-site": "same-origin" } });
    expect(await inRequest(page, "action", () => run({})), name).toMatchObject({ ok: false, problem: { status: 401 } });
  }
});
