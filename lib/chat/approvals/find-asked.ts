import { isToolUIPart, type ToolUIPart } from "ai";
import type { MessageParts } from "@/db/schema/json";
import { NotFoundError } from "@/lib/core/errors";

/** A call of a tool that was asked about, decided or not. */
export type AskedPart = ToolUIPart & { approval: NonNullable<ToolUIPart["approval"]> };

/** The call of that id that was asked about, the newest when a host gave the id twice. @throws NotFoundError */
export function findAsked(parts: MessageParts, toolCallId: string): AskedPart {
  const found = parts.findLast((part) => isToolUIPart(part) && part.toolCallId === toolCallId && part.approval);
  if (!found) throw new NotFoundError("tool call that asks for an approval", toolCallId);
  return found as AskedPart;
}

/** The name of the tool that was called. */
export function toolNameOf({ type }: Pick<ToolUIPart, "type">): string {
  return type.slice("tool-".length);
}
