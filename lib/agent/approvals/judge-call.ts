import { db } from "@/db/database";
import { hasAllowance } from "@/db/queries/tool-allowances";
import type { AgentContext, PendingCall } from "../run-input";
import type { ToolOutcome } from "../tools/call-tool";
import { findTool } from "../tools/registry";

/** What is to be done with a call: make it, make it because the person always allows it here, ask, or refuse it. */
export type Judgement = { kind: "run" } | { kind: "allowed" } | { kind: "ask"; reason?: string } | { kind: "refuse"; outcome: ToolOutcome };

type Given = Pick<AgentContext, "userId" | "key" | "conversationId">;

/** Judges a call by its tool's risk. One that is wrong in form, or of a tool that cannot be had, is made: it answers with its error. */
export async function judgeCall({ toolName, input }: PendingCall, context: Given): Promise<Judgement> {
  const tool = findTool(toolName);
  if (!tool || tool.risk === "read") return { kind: "run" };
  const parsed = tool.input.safeParse(input);
  if (!parsed.success || (await tool.unavailable?.(context))) return { kind: "run" };
  const { conversationId, userId: ownerId } = context;
  if (await hasAllowance(db(), { conversationId, ownerId, toolName, input: parsed.data })) return { kind: "allowed" };
  return { kind: "ask", reason: tool.describeEffect?.() };
}
