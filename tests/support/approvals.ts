import { vi } from "vitest";
import { z } from "zod";
import { findTool } from "@/lib/agent/tools/registry";
import { decideCall } from "@/lib/chat/approvals/decide-call";
import { startRun } from "@/lib/chat/start-run";
import { chunksOfRun, lastMessageOf } from "./chat";
import type { FakeHost } from "./fake-host";

export const withTools = "ollama/tools:latest";
export const toolModels = [{ name: "tools:latest", capabilities: ["completion", "tools"], contextLength: 8192, loaded: true }];

/** Makes the calculator a tool that asks, until the returned function is called. `ran` has what it was run with. */
export function riskyCalculator() {
  const tool = findTool("calculator");
  if (!tool) throw new Error("There is no calculator.");
  const before = { risk: tool.risk, input: tool.input };
  const ran: string[] = [];
  const input = z.object({ expression: z.string().min(1).max(500) });
  Object.assign(tool, { risk: "execute", input, describeEffect: () => "It is computed on this machine." });
  const spy = vi.spyOn(tool, "run").mockImplementation((given) => {
    const { expression } = given as { expression: string };
    ran.push(expression);
    return { result: `computed ${expression}` };
  });
  const restore = () => {
    spy.mockRestore();
    Object.assign(tool, { ...before, describeEffect: undefined });
  };
  return { ran, restore, tool };
}

/** Has a host propose calls of the calculator. @returns the run that waits, and the calls as the reply shows them */
export async function askToCompute(upstream: FakeHost, ownerId: string, expressions: string[], more: object = {}) {
  await upstream.behave({ toolCalls: expressions.map((expression) => ({ name: "calculator", input: { expression } })) });
  const run = await startRun({ ownerId, text: "Compute it.", options: { model: withTools }, ...more });
  const chunks = await chunksOfRun({ ...run, ownerId });
  const calls = toolPartsOf(await lastMessageOf({ ...run, ownerId }));
  return { run, chunks, calls, ids: calls.map(({ toolCallId }) => toolCallId) };
}

/** A reply's calls of tools, as they are stored. */
export function toolPartsOf({ parts }: { parts: unknown[] }) {
  return (parts as StoredCall[]).filter(({ type }) => type.startsWith("tool-"));
}

type StoredCall = {
  type: string;
  toolCallId: string;
  state: string;
  input: unknown;
  output?: unknown;
  errorText?: string;
  approval?: { id: string; approved?: boolean; reason?: string; requestReason?: string; isAutomatic?: boolean; descriptor?: object };
};

/** Decides a call and, when the reply goes on, waits for its end. */
export async function decideAndFollow(given: Parameters<typeof decideCall>[0]) {
  const next = await decideCall(given);
  if (next.id !== given.runId) await chunksOfRun({ runId: next.id, ownerId: given.ownerId });
  return next;
}
