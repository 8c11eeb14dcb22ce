import { contentOf } from "@/lib/monitoring/spans/span-content";
import type { Span } from "@/lib/monitoring/spans/start-span";
import type { PendingCall } from "../run-input";
import { callTool, type ToolOutcome } from "./call-tool";
import type { ToolContext } from "./tool";

/** Runs a tool call and records it as a part of `step`. @throws what `context.signal` was aborted with */
export async function tracedTool(step: Span, { toolCallId, toolName, input }: PendingCall, context: ToolContext): Promise<ToolOutcome> {
  const facts = { operation: "execute_tool", toolName, toolCallId, toolType: "function" };
  const span = step.child({ kind: "tool", name: toolName, facts });
  if (span.keepsContent) span.tell({ input: contentOf(input) });
  try {
    const outcome = await callTool(toolName, input, context);
    if (span.keepsContent) span.tell({ output: contentOf(outcome.ok ? outcome.output : outcome.error) });
    // A tool's error may repeat what it was given.
    span.end(outcome.ok ? {} : { error: span.keepsContent ? outcome.error : "The tool answered with an error." });
    return outcome;
  } catch (error) {
    span.end({ status: "stopped" });
    throw error;
  }
}
