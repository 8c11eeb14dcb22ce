import type { ToolModelMessage } from "ai";
import { type AgentConfig, type AgentState, type AgentUpdate, contextOf } from "../state";
import type { ToolOutcome } from "../tools/call-tool";
import { tracedTool } from "../tools/traced-tool";

type ResultPart = Extract<ToolModelMessage["content"][number], { type: "tool-result" }>;

/** Calls of tools in one step; a model that runs wild, or a host that plays one, must not hold the process. */
export const maxCallsPerStep = 16;
const tooMany = {
  ok: false as const,
  error: `At most ${maxCallsPerStep} tools can be called in one step. Call this one again in the next.`,
};

/** Runs the step's tool calls at the same time, and tells run and model what came of each. */
export async function act(state: AgentState, config: AgentConfig): Promise<AgentUpdate> {
  const { userId, emit, span, signal } = contextOf(config);
  const results = await Promise.all(
    state.pending.map(async ({ toolCallId, toolName, input }, index): Promise<ResultPart> => {
      const outcome = index < maxCallsPerStep ? await tracedTool(span, { toolCallId, toolName, input }, { userId, signal }) : tooMany;
      if (outcome.ok) emit({ type: "tool-output-available", toolCallId, output: outcome.output });
      else emit({ type: "tool-output-error", toolCallId, errorText: outcome.error });
      return { type: "tool-result", toolCallId, toolName, output: forModel(outcome) };
    }),
  );
  return { messages: [{ role: "tool", content: results }], pending: [] };
}

function forModel(outcome: ToolOutcome): ResultPart["output"] {
  if (!outcome.ok) return { type: "error-text", value: outcome.error };
  return typeof outcome.output === "string"
    ? { type: "text", value: outcome.output }
    : { type: "json", value: JSON.parse(JSON.stringify(outcome.output)) };
}
