import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { revokeSession } from "@/lib/auth/revoke-session";
import { closeShell } from "@/lib/terminal/close-shell";
import { listShells } from "@/lib/terminal/list-shells";
import { openShell } from "@/lib/terminal/open-shell";
import { renameShell } from "@/lib/terminal/rename-shell";
import { shells } from "@/lib/terminal/shells";
import { sweepShells } from "@/lib/terminal/sweep-shells";
import { registered, withEnvironment } from "@/tests/support/accounts";
import { eventually } from "@/tests/support/api-client";
import { terminalSize, terminalsForTest } from "@/tests/support/terminals";

const terminals = terminalsForTest();

test("nobody, a plain user, another admin's id and another site's page are refused", async () => {
  const id = await terminals.begin();
  expect(await terminals.view(id, { cookie: "" }).ended()).toEqual({ status: 401 });
  expect(await terminals.view(id, { cookie: terminals.user().cookie }).ended()).toEqual({ status: 403 });
  expect(await terminals.view(id, { origin: "https://evil.example" }).ended()).toEqual({ status: 403 });
  expect(await terminals.view(crypto.randomUUID()).ended()).toEqual({ code: 4404 });
  withEnvironment({ HEARTH_TERMINAL: undefined });
  expect(await terminals.view(id).ended()).toEqual({ status: 404 });
});

test("another admin's terminal looks like one that does not exist", async () => {
  const id = await terminals.begin();
  const other = await terminals.someone((await registered()).user.id);
  await terminals.setRole(other.caller.userId, "admin");
  expect(await terminals.view(id, { cookie: other.cookie }).ended()).toEqual({ code: 4404 });
  expect(listShells(other.caller)).toEqual([]);
  expect(() => closeShell(other.caller, { id, force: true })).toThrow(/not yours/);
  expect(() => renameShell(other.caller, { id, name: "Mine" })).toThrow(/not yours/);
});

test("a sign-in that is revoked in mid-use is cut off at once, and the shell goes on for the next", async () => {
  const id = await terminals.begin();
  const browser = await terminals.someone(terminals.admin().caller.userId);
  const viewer = terminals.view(id, { cookie: browser.cookie });
  viewer.type("echo he''re\r");
  await viewer.shows("here");
  const revokedAt = performance.now();
  await revokeSession(terminals.admin().caller, browser.sessionId);
  expect(await viewer.ended()).toEqual({ code: 4401 });
  expect(performance.now() - revokedAt).toBeLessThan(10_000);
  const next = terminals.view(id);
  await next.shows("here");
});

test("one that is cut off and does not go is not heard any more, and let go of a second later", async () => {
  const id = await terminals.begin();
  const browser = await terminals.someone(terminals.admin().caller.userId);
  const viewer = terminals.view(id, { cookie: browser.cookie });
  await viewer.notice("screen");
  viewer.socket.pause();
  await revokeSession(terminals.admin().caller, browser.sessionId);
  await sleep(100);
  viewer.type("echo typed-too-late\r");
  await sleep(100);
  const next = terminals.view(id);
  next.type("echo mar''ker\r");
  await next.shows("marker");
  expect(next.text()).not.toContain("typed-too-late");
  await eventually(async () => shells().get(id)?.viewers.size === 1, 3_000);
});

test("an account that is no admin any more loses its connection and its shells", async () => {
  const someoneElse = await terminals.someone((await registered()).user.id);
  await terminals.setRole(someoneElse.caller.userId, "admin");
  const { id } = await openShell(someoneElse.caller, terminalSize);
  const viewer = terminals.view(id, { cookie: someoneElse.cookie });
  await viewer.notice("screen");
  await terminals.setRole(someoneElse.caller.userId, "user");
  expect(await viewer.ended()).toEqual({ code: 4401 });
  await sweepShells();
  expect(shells().has(id)).toBe(false);
});

test("a shell's environment has none of Hearth's secrets", async () => {
  const viewer = terminals.view(await terminals.begin());
  viewer.type("env | sort; echo li''sted\r");
  await viewer.shows("listed");
  expect(viewer.text()).toContain("TERM=xterm-256color");
  expect(viewer.text()).not.toMatch(/sk-hidden|AUTH_SECRET|HEARTH_|DATABASE_URL|NODE_ENV|ssssssss/);
});
