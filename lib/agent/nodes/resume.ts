import { isToolUIPart, type ToolUIPart, type UIMessage } from "ai";
import { factsOf } from "../approvals/contract";
import type { AgentContext } from "../run-input";
import { type AgentConfig, type AgentUpdate, contextOf } from "../state";
import { tracedTool } from "../tools/traced-tool";

type Part = UIMessage["parts"][number];
type Decided = Extract<ToolUIPart, { state: "approval-responded" }>;

/** Whether the branch ends with a reply whose calls were decided but not yet carried out. */
export function hasDecided(history: UIMessage[]): boolean {
  return history.at(-1)?.parts.some(isDecided) ?? false;
}

/** Carries out what the person decided: approved calls are made one after the other, as they were approved, and the rest is closed. */
export async function resume(_state: unknown, config: AgentConfig): Promise<AgentUpdate> {
  const context = contextOf(config);
  const reply = context.history.at(-1) as UIMessage;
  const parts: Part[] = [];
  for (const part of reply.parts) parts.push(isDecided(part) ? await carryOut(part, context) : part);
  return { history: [...context.history.slice(0, -1), { ...reply, parts }] };
}

async function carryOut(part: Decided, context: AgentContext & { signal: AbortSignal }): Promise<Part> {
  const { toolCallId, input, approval } = part;
  const { userId, key, emit, span, signal } = context;
  const toolName = part.type.slice("tool-".length);
  recordWait(part, toolName, context);
  if (!approval.approved) {
    emit({ type: "tool-output-denied", toolCallId });
    return { ...part, state: "output-denied" } as Part;
  }
  const outcome = await tracedTool(span, { toolCallId, toolName, input }, { userId, key, signal });
  if (outcome.ok) emit({ type: "tool-output-available", toolCallId, output: outcome.output });
  else emit({ type: "tool-output-error", toolCallId, errorText: outcome.error });
  const answer = outcome.ok ? { state: "output-available", output: outcome.output } : { state: "output-error", errorText: outcome.error };
  return { ...part, ...answer } as Part;
}

/** The time that the person took, as a part of the run that goes on. */
function recordWait({ toolCallId, approval }: Decided, toolName: string, { span }: AgentContext): void {
  const { askedAt, decidedAt } = factsOf(approval) ?? {};
  if (!askedAt || !decidedAt) return;
  const decision = approval.approved ? "approved" : "rejected";
  const wait = span.child({
    kind: "step",
    name: "approval",
    startedAt: new Date(askedAt),
    facts: { toolName, toolCallId, approval: decision },
  });
  wait.end({ at: new Date(decidedAt) });
}

function isDecided(part: Part): part is Decided {
  return isToolUIPart(part) && part.state === "approval-responded";
}
