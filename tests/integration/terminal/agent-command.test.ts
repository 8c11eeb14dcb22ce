import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, db } from "@/db/database";
import { users } from "@/db/schema/accounts";
import { runCommand } from "@/lib/agent/tools/run-command";
import { startRun } from "@/lib/chat/start-run";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal, processGlobal } from "@/lib/core/process-global";
import { shells } from "@/lib/terminal/shells";
import { shutDownShells } from "@/lib/terminal/shut-down-shells";
import { withEnvironment } from "@/tests/support/accounts";
import { decideAndFollow, toolModels, toolPartsOf, withTools } from "@/tests/support/approvals";
import { auditEventsOf } from "@/tests/support/audit";
import { aUser, bootChat, chunksOfRun, lastMessageOf } from "@/tests/support/chat";
import { fakeOllama } from "@/tests/support/fake-ollama";

const terminals = { HEARTH_TERMINAL: "admin", HEARTH_TERMINAL_SHELL: "/bin/bash", HEARTH_TERMINAL_CWD: "/tmp" };

let upstream: Awaited<ReturnType<typeof fakeOllama>>;
let app: { database: Database; close: () => Promise<void> };
let adminId: string;

beforeEach(async () => {
  clearProcessGlobal("listening");
  processGlobal<unknown>("listening", () => "a server that hands out WebSockets");
  upstream = await fakeOllama({ models: toolModels, tokens: 3 });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: upstream.url, ...terminals });
  adminId = await aUser("admin");
});
afterEach(async () => {
  await shutDownShells();
  shells().clear();
  await app.close();
  await upstream.close();
  clearProcessGlobal("listening");
  withEnvironment({ HEARTH_TERMINAL: undefined });
});

/** The model proposes a command. @returns the run, and the call as the chat shows it */
async function propose(command: string, ownerId = adminId) {
  await upstream.behave({ toolCalls: [{ name: "run_command", input: { command } }] });
  const run = await startRun({ ownerId, text: "Do it.", options: { model: withTools } });
  await chunksOfRun({ ...run, ownerId });
  const [call] = toolPartsOf(await lastMessageOf({ ...run, ownerId }));
  return { run, call, toolCallId: call?.toolCallId ?? "" };
}
const approve = async ({ run, toolCallId }: Awaited<ReturnType<typeof propose>>) => {
  await decideAndFollow({ ownerId: adminId, runId: run.runId, toolCallId, decision: "approve" });
  const reply = await lastMessageOf({ ...run, ownerId: adminId });
  return { reply, call: toolPartsOf(reply)[0] };
};
const offered = () => JSON.stringify(upstream.chats.findLast(({ body }) => body.tools)?.body.tools ?? []);

test("an approved command runs in the person's visible shell, and its output and exit status reach the model", async () => {
  const proposed = await propose("echo said-$((40 + 2)); exit_with() { return 3; }; exit_with");
  expect(proposed.call).toMatchObject({
    state: "approval-requested",
    approval: { requestReason: expect.stringMatching(/terminal on .* runs as /) },
  });
  expect(shells().size).toBe(0);
  const { reply, call } = await approve(proposed);
  expect(call).toMatchObject({ state: "output-available", output: { terminal: "Agent", exitStatus: 3, output: "said-42" } });
  expect(reply.metadata?.status).toBe("complete");
  expect([...shells().values()]).toMatchObject([{ ownerId: adminId, name: "Agent" }]);
  expect(JSON.stringify(upstream.chats.findLast(({ body }) => body.tools)?.body.messages)).toContain("said-42");
  expect((await auditEventsOf("approval.given"))[0]).toMatchObject({
    targetName: "run_command",
    after: { input: { command: expect.stringContaining("said-$((40 + 2))") } },
  });
}, 60_000);

test("of a long output the beginning and the end come back, with how much was left out", async () => {
  const { call } = await approve(await propose("seq 1 9000"));
  expect(call).toMatchObject({ output: { output: expect.any(String) } });
  const { output } = (call?.output ?? {}) as { output: string };
  expect(output).toMatch(/^1\n2\n3\n/);
  expect(output).toMatch(/\n8999\n9000$/);
  expect(output).toMatch(/\d,\d{3} characters left out/);
  expect(output.length).toBeLessThan(12_200);
}, 60_000);

test("a command of several lines is refused to the model and never waits", async () => {
  const { call } = await propose("echo one\necho two");
  expect(call).toMatchObject({ state: "output-error", errorText: expect.stringContaining("one line") });
  expect(shells().size).toBe(0);
});

test("it is offered to admins alone, and to none of their keys without that scope, and only where the terminal is on", async () => {
  await propose("ls");
  expect(offered()).toContain("run_command");
  const { call } = await propose("ls", await aUser("user"));
  expect(offered()).not.toContain("run_command");
  expect(call).toMatchObject({ state: "output-error", errorText: expect.stringContaining("unavailable tool 'run_command'") });
  const grant = { id: newId(), models: null, upstreams: null, cache: "off", similarity: null, sharesCache: false } as const;
  expect(await runCommand.unavailable?.({ userId: adminId, key: { ...grant, scopes: ["chat"] } })).toContain("scope admin");
  expect(await runCommand.unavailable?.({ userId: adminId, key: { ...grant, scopes: ["admin"] } })).toBeNull();
  withEnvironment({ HEARTH_TERMINAL: "off" });
  await propose("ls");
  expect(offered()).not.toContain("run_command");
});

test("what was approved is not run once the terminal is off or the person is no admin any more; the model is told", async () => {
  const first = await propose("echo never");
  withEnvironment({ HEARTH_TERMINAL: "off" });
  expect((await approve(first)).call).toMatchObject({ state: "output-error", errorText: expect.stringContaining("HEARTH_TERMINAL=admin") });
  withEnvironment(terminals);
  const second = await propose("echo never");
  await db().update(users).set({ role: "user" });
  expect((await approve(second)).call).toMatchObject({ state: "output-error", errorText: expect.stringContaining("Only admins") });
  expect(shells().size).toBe(0);
});

test("where the shell does not tell where commands end it is not offered, and says what to do", async () => {
  withEnvironment({ HEARTH_TERMINAL_SHELL: "/bin/sh" });
  const { call } = await propose("id");
  expect(offered()).not.toContain("run_command");
  expect(call).toMatchObject({ state: "output-error" });
  expect(await runCommand.unavailable?.({ userId: adminId })).toContain("bash, zsh or fish");
  expect(shells().size).toBe(0);
});
