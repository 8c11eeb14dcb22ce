import type { ToolModelMessage } from "ai";
import { newId } from "@/lib/core/ids";
import { askForApproval, tellAllowed } from "../approvals/emit-approval";
import { type Judgement, judgeCall } from "../approvals/judge-call";
import type { PendingCall } from "../run-input";
import { type AgentConfig, type AgentState, type AgentUpdate, contextOf } from "../state";
import type { ToolOutcome } from "../tools/call-tool";
import { tracedTool } from "../tools/traced-tool";

type ResultPart = Extract<ToolModelMessage["content"][number], { type: "tool-result" }>;

/** Calls of tools in one step; a model that runs wild, or a host that plays one, must not hold the process. */
export const maxCallsPerStep = 16;
const tooMany: Judgement = {
  kind: "refuse",
  outcome: { ok: false, error: `At most ${maxCallsPerStep} tools can be called in one step. Call this one again in the next.` },
};

/**
 * Runs the step's tool calls, and tells run and model what came of each. Harmless ones run at the same time, others that
 * the person allows one after the other; for the rest the person is asked, and the run ends.
 */
export async function act(state: AgentState, config: AgentConfig): Promise<AgentUpdate> {
  const context = contextOf(config);
  const { userId, key, emit, span, signal } = context;
  const run = async ({ toolCallId, toolName, input }: PendingCall, judgement: Judgement): Promise<ResultPart> => {
    const call = { toolCallId, toolName, input };
    const outcome = judgement.kind === "refuse" ? judgement.outcome : await tracedTool(span, call, { userId, key, signal });
    if (outcome.ok) emit({ type: "tool-output-available", toolCallId, output: outcome.output });
    else emit({ type: "tool-output-error", toolCallId, errorText: outcome.error });
    return { type: "tool-result", toolCallId, toolName, output: forModel(outcome) };
  };
  const judged = await Promise.all(
    state.pending.map(async (call, index) => ({ call, judgement: index < maxCallsPerStep ? await judgeCall(call, context) : tooMany })),
  );
  const harmless = judged.filter(({ judgement: { kind } }) => kind === "run" || kind === "refuse");
  const results = await Promise.all(harmless.map(({ call, judgement }) => run(call, judgement)));
  for (const { call, judgement } of judged) {
    if (judgement.kind !== "allowed") continue;
    await tellAllowed(call, context, newId());
    results.push(await run(call, judgement));
  }
  const asked = judged.flatMap(({ call, judgement }) => (judgement.kind === "ask" ? [{ call, judgement }] : []));
  for (const { call, judgement } of asked) askForApproval(call, context, { approvalId: newId(), reason: judgement.reason });
  return { messages: [{ role: "tool", content: results }], pending: [], isAsking: asked.length > 0 };
}

function forModel(outcome: ToolOutcome): ResultPart["output"] {
  if (!outcome.ok) return { type: "error-text", value: outcome.error };
  return typeof outcome.output === "string"
    ? { type: "text", value: outcome.output }
    : { type: "json", value: JSON.parse(JSON.stringify(outcome.output)) };
}
