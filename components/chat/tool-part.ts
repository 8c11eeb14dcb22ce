import type { DynamicToolUIPart, ToolUIPart } from "ai";
import type { HearthMessage } from "@/lib/chat/ui-message";

export type ToolPart = ToolUIPart | DynamicToolUIPart;

/** Whether a part is a tool call, of a tool known beforehand or not. */
export function isToolPart(part: HearthMessage["parts"][number]): part is ToolPart {
  return part.type === "dynamic-tool" || part.type.startsWith("tool-");
}

/** The name of the tool that was called. */
export function toolNameOf(part: ToolPart): string {
  return part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length);
}
