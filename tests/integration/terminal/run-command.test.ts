import { beforeEach, expect, test } from "vitest";
import { listShells } from "@/lib/terminal/list-shells";
import { runCommand } from "@/lib/terminal/run-command";
import { getShell } from "@/lib/terminal/shells";
import { withEnvironment } from "@/tests/support/accounts";
import { eventually } from "@/tests/support/api-client";
import { terminalEnvironment, terminalsForTest } from "@/tests/support/terminals";

const terminals = terminalsForTest();
const patienceMs = 20_000;

beforeEach(() => withEnvironment({ ...terminalEnvironment, HEARTH_TERMINAL_SHELL: "/bin/bash" }));

const owner = () => terminals.admin().caller.userId;
const run = (command: string, more: Partial<Parameters<typeof runCommand>[0]> = {}) =>
  runCommand({ ownerId: owner(), command, signal: new AbortController().signal, timeoutMs: patienceMs, ...more });
const commandsOf = (id: string) => getShell({ id, ownerId: owner() }).commands;
const idle = (id: string) => eventually(async () => commandsOf(id)?.isIdle(), patienceMs);
const names = () => listShells(terminals.admin().caller).map(({ name }) => name);

test("a command is typed into the shell that waits, in sight of its viewer, and its output and status come back", async () => {
  const id = await terminals.begin();
  const viewer = terminals.view(id);
  await idle(id);
  expect(await run("printf 'a\\033[31mred\\033[0m\\nb'; (exit 4)")).toEqual({
    shellId: id,
    shellName: "bash",
    output: "ared\nb",
    exitStatus: 4,
    isRunning: false,
    cutChars: 0,
  });
  await viewer.shows("ared");
  expect((await run("echo again")).shellId).toBe(id);
});

test("without a shell that waits a new one named Agent is opened, never one in which somebody types or runs something", async () => {
  const busy = await terminals.begin();
  const typing = await terminals.begin();
  const [one, other] = [terminals.view(busy), terminals.view(typing)];
  await Promise.all([idle(busy), idle(typing)]);
  one.type("sleep 60\r");
  other.type("rm -rf ");
  await other.shows(/rm -rf/);
  await eventually(async () => commandsOf(busy)?.list().length === 1, patienceMs);
  expect(await run("echo safe")).toMatchObject({ shellName: "Agent", output: "safe", exitStatus: 0 });
  expect(names()).toEqual(["bash", "bash 2", "Agent"]);
  // The limit of three is reached, and the only shell that could take it is at work.
  const first = run("sleep 1; echo first");
  await expect(run("echo second")).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("which is the limit") });
  expect(await first).toMatchObject({ output: "first" });
});

test("a command that goes on is left running with what it has put out; an abort sends Ctrl-C", async () => {
  const goesOn = await run("echo so-far; sleep 60", { timeoutMs: 1_500 });
  expect(goesOn).toMatchObject({ output: "so-far", exitStatus: null, isRunning: true });
  const viewer = terminals.view(goesOn.shellId);
  viewer.type("\x03");
  await idle(goesOn.shellId);
  const aborts = new AbortController();
  const aborted = run("sleep 61", { signal: aborts.signal });
  await eventually(async () => commandsOf(goesOn.shellId)?.list().at(-1)?.text === "sleep 61", patienceMs);
  aborts.abort(new Error("stopped"));
  await expect(aborted).rejects.toThrow("stopped");
  await eventually(async () => commandsOf(goesOn.shellId)?.list().at(-1)?.exitStatus === 130, patienceMs);
});

test("what a shell refuses to read comes back as its words, and a shell that ends gives its exit status", async () => {
  expect(await run("echo )")).toMatchObject({
    exitStatus: 2,
    output: expect.stringMatching(/syntax error near unexpected token/),
    isRunning: false,
  });
  expect(await run("echo bye; exit 5")).toMatchObject({ output: expect.stringContaining("bye"), exitStatus: 5, isRunning: false });
});

test("a flood comes back as its beginning and its end, with what was cut, and a cleared or full screen leaves what is after it", async () => {
  const flood = await run("seq 1 200000");
  expect(flood.output.startsWith("1\n2\n3\n")).toBe(true);
  expect(flood.output.endsWith("199999\n200000")).toBe(true);
  expect(flood.output.length).toBeLessThan(66_000);
  expect(flood.cutChars).toBeGreaterThan(1_000_000);
  expect(flood.exitStatus).toBe(0);
  expect(await run("echo before; printf '\\033[H\\033[2J\\033[3J'; echo after")).toMatchObject({ output: "after" });
  expect(await run("echo a; printf '\\033[?1049hfull\\nscreen\\033[?1049l'; echo b")).toMatchObject({ output: "a\nb" });
  expect((await run("printf 'x%.0s' $(seq 1 400)")).output).toBe("x".repeat(400));
});

test.each([
  ["", "There is no command"],
  ["echo a\nrm b", "one line"],
  ["echo \x03", "one line"],
  ["echo \x1b[201~", "one line"],
  ["sudo !!", "history"],
])("%j is refused before anything is typed", async (command, message) => {
  await expect(run(command)).rejects.toMatchObject({ code: "invalid_request", message: expect.stringContaining(message) });
  expect(names()).toEqual([]);
});

test("only an admin's commands are run, and only in a shell that tells where they end", async () => {
  const { userId } = terminals.user().caller;
  await expect(run("id", { ownerId: userId })).rejects.toMatchObject({ code: "forbidden" });
  withEnvironment({ ...terminalEnvironment, HEARTH_TERMINAL_SHELL: "/bin/sh" });
  await expect(run("id")).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("bash, zsh or fish") });
});
