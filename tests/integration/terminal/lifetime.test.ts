import { expect, test } from "vitest";
import { clearProcessGlobal, processGlobal } from "@/lib/core/process-global";
import { closeShell } from "@/lib/terminal/close-shell";
import { listShells } from "@/lib/terminal/list-shells";
import { openShell } from "@/lib/terminal/open-shell";
import { shells } from "@/lib/terminal/shells";
import { terminalState } from "@/lib/terminal/terminal-state";
import { withEnvironment } from "@/tests/support/accounts";
import { eventually } from "@/tests/support/api-client";
import { terminalEnvironment, terminalSize, terminalsForTest } from "@/tests/support/terminals";

const terminals = terminalsForTest();

test("a shell that ends tells its status, and can be read until it is closed", async () => {
  const id = await terminals.begin();
  const viewer = terminals.view(id);
  viewer.type("echo last-wo''rds; exit 3\r");
  expect(await viewer.notice("ended")).toMatchObject({ exitCode: 3, reason: "exited" });
  const later = terminals.view(id);
  await later.shows("last-words");
  expect(await later.notice("ended")).toMatchObject({ exitCode: 3 });
  expect(listShells(terminals.admin().caller)).toMatchObject([{ id, ended: { exitCode: 3 } }]);
  expect(closeShell(terminals.admin().caller, { id, force: false })).toEqual({ running: null });
  expect(await later.ended()).toEqual({ code: 4404 });
});

test("a shell that is idle for the limit is ended, one in use is not", async () => {
  withEnvironment({ HEARTH_TERMINAL_IDLE_MS: "900" });
  const [idle, busy] = [await terminals.begin(), await terminals.begin()];
  const [idleViewer, busyViewer] = [terminals.view(idle), terminals.view(busy)];
  busyViewer.type("while :; do echo tick; sleep 0.2; done\r");
  expect(await idleViewer.notice("ended")).toMatchObject({ reason: "idle" });
  await busyViewer.shows("tick");
  expect(busyViewer.notices.some(({ type }) => type === "ended")).toBe(false);
});

test("no more run than the limit says, also when many are asked for at once; one that ended makes room", async () => {
  const asked = await Promise.allSettled(Array.from({ length: 6 }, () => terminals.begin()));
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  await expect(terminals.begin()).rejects.toMatchObject({ status: 409, message: expect.stringContaining("limit") });
  const [first] = listShells(terminals.admin().caller);
  const viewer = terminals.view(first?.id ?? "");
  viewer.type("exit\r");
  await viewer.notice("ended");
  await terminals.begin();
});

test("a shell that waits at its prompt is closed without a question, however soon after it began", async () => {
  withEnvironment({ HEARTH_TERMINAL_MAX_SESSIONS: "40" });
  for (let count = 0; count < 40; count += 1) {
    const viewer = terminals.view(await terminals.begin());
    viewer.type("echo at-the-pro''mpt\r");
    await viewer.shows("at-the-prompt");
  }
  expect(listShells(terminals.admin().caller).flatMap(({ running }) => running ?? [])).toEqual([]);
});

test("one in which a program runs is closed only on purpose, and the program ends with it", async () => {
  const id = await terminals.begin();
  const viewer = terminals.view(id);
  viewer.type("sleep 1000\r");
  await eventually(async () => listShells(terminals.admin().caller)[0]?.running === "sleep");
  expect(closeShell(terminals.admin().caller, { id, force: false })).toEqual({ running: "sleep" });
  const pid = shells().get(id)?.pid ?? 0;
  expect(closeShell(terminals.admin().caller, { id, force: true })).toEqual({ running: null });
  await eventually(async () => !isRunning(pid));
});

test("the page says why there is no terminal: it is off, or there is no server of ours to hand over WebSockets", async () => {
  expect(await terminalState()).toBe("no-server");
  withEnvironment({ HEARTH_TERMINAL: undefined });
  expect(await terminalState()).toBe("off");
  await expect(openShell(terminals.admin().caller, terminalSize)).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining("HEARTH_TERMINAL=admin"),
  });
  withEnvironment(terminalEnvironment);
  clearProcessGlobal("listening");
  processGlobal("listening", () => ({ port: 3000 }));
  expect(await terminalState()).toBe("ready");
  clearProcessGlobal("listening");
});

test("a shell or folder that is not there is named, and nothing is left behind", async () => {
  withEnvironment({ HEARTH_TERMINAL_SHELL: "/no/such/shell" });
  await expect(terminals.begin()).rejects.toMatchObject({ status: 409, message: expect.stringContaining("/no/such/shell") });
  withEnvironment({ ...terminalEnvironment, HEARTH_TERMINAL_CWD: "/no/such/folder" });
  await expect(terminals.begin()).rejects.toMatchObject({ status: 409, message: expect.stringContaining("/no/such/folder") });
  expect(shells().size).toBe(0);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
