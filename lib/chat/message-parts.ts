import { isToolUIPart, type ToolUIPart, type UIMessage } from "ai";
import { type MessageParts, truncatedNoteId, type UiChunk } from "@/db/schema/json";
import { approvalOf } from "@/lib/agent/approvals/contract";
import { chunksOfApproval } from "./approvals/chunks-of-approval";

type Part = MessageParts[number];
type ToolChunk = Extract<UiChunk, { toolCallId: string }>;
type ApprovalResponse = Extract<UiChunk, { type: "tool-approval-response" }>;
type DataChunk = Extract<UiChunk, { type: `data-${string}` }>;

/**
 * Builds a message's parts from its chunks, one chunk at a time in constant time.
 * The AI SDK's own reader copies the whole message at each chunk, which a long reply cannot afford.
 */
export class MessagePartsBuilder {
  readonly parts: MessageParts = [];
  private readonly open = new Map<string, Extract<Part, { type: "text" | "reasoning" }>>();
  private readonly tools = new Map<string, ToolUIPart>();

  /** Takes the next chunk. Chunks that carry no content change nothing. */
  apply(chunk: UiChunk): void {
    switch (chunk.type) {
      case "text-start":
      case "reasoning-start":
        this.start(chunk.type === "text-start" ? "text" : "reasoning", chunk.id);
        break;
      case "text-delta":
      case "reasoning-delta":
        this.grow(chunk.type === "text-delta" ? "text" : "reasoning", chunk.id, chunk.delta);
        break;
      case "text-end":
      case "reasoning-end":
        this.open.delete(`${chunk.type === "text-end" ? "text" : "reasoning"}:${chunk.id}`);
        break;
      case "start-step":
        this.parts.push({ type: "step-start" });
        break;
      default:
        if (chunk.type.startsWith("data-")) this.addData(chunk as DataChunk);
        else if (chunk.type === "tool-approval-response") this.applyDecision(chunk);
        else if (chunk.type.startsWith("tool-")) this.applyTool(chunk as ToolChunk);
    }
  }

  /** Adds data that is part of the message; what only passes, as the place in a line, is not. */
  private addData(chunk: DataChunk) {
    if (!chunk.transient) this.parts.push(chunk as Part);
  }

  /** The plain text of the reply so far, for search and for programs. */
  text(): string {
    return textOf(this.parts);
  }

  private start(type: "text" | "reasoning", id: string) {
    const part = { type, text: "", state: "done" as const };
    this.open.set(`${type}:${id}`, part);
    this.parts.push(part);
  }

  private grow(type: "text" | "reasoning", id: string, delta: string) {
    if (!this.open.has(`${type}:${id}`)) this.start(type, id);
    const part = this.open.get(`${type}:${id}`);
    if (part) part.text += delta;
  }

  private applyTool(chunk: ToolChunk) {
    if (chunk.type === "tool-input-available" || chunk.type === "tool-input-error") {
      const failed = chunk.type === "tool-input-error";
      const part = {
        type: `tool-${chunk.toolName}`,
        toolCallId: chunk.toolCallId,
        input: chunk.input,
        ...(failed ? { state: "output-error", errorText: chunk.errorText } : { state: "input-available" }),
      } as ToolUIPart;
      this.tools.set(chunk.toolCallId, part);
      this.parts.push(part);
    }
    const part = this.tools.get(chunk.toolCallId);
    if (!part) return;
    if (chunk.type === "tool-approval-request") Object.assign(part, { state: "approval-requested", approval: approvalOf(chunk) });
    if (chunk.type === "tool-output-denied") Object.assign(part, { state: "output-denied" });
    if (chunk.type === "tool-output-available") Object.assign(part, { state: "output-available", output: chunk.output });
    if (chunk.type === "tool-output-error") Object.assign(part, { state: "output-error", errorText: chunk.errorText });
  }

  private applyDecision({ approvalId, approved, reason }: ApprovalResponse) {
    const part = [...this.tools.values()].find(({ approval }) => approval?.id === approvalId);
    if (part) Object.assign(part, { state: "approval-responded", approval: { ...part.approval, approved, ...(reason && { reason }) } });
  }
}

/** The text parts of a message, joined by blank lines. */
export function textOf(parts: MessageParts): string {
  return parts.flatMap((part) => (part.type === "text" && part.text ? [part.text] : [])).join("\n\n");
}

/** Parts of one text: what a person sent. */
export function textParts(text: string): MessageParts {
  return [{ type: "text", text, state: "done" }];
}

/**
 * Chunks that make the same parts again: for replaying a stored message, and for going on with one.
 * @param options.leaveOpen keeps the last text part open, so that further deltas of id `resumed` join it
 */
export function chunksOf(parts: MessageParts, options: { leaveOpen?: boolean } = {}): UiChunk[] {
  const lastIndex = parts.length - 1;
  return parts.flatMap((part, index) => chunksOfPart(part, index, options.leaveOpen === true && index === lastIndex));
}

/** The id under which `chunksOf(…, { leaveOpen: true })` leaves the last text open. */
export const resumedTextId = "resumed";

function chunksOfPart(part: Part, index: number, leaveOpen: boolean): UiChunk[] {
  if (part.type === "text" || part.type === "reasoning") {
    const id = leaveOpen && part.type === "text" ? resumedTextId : `part-${index}`;
    const whole: UiChunk[] = [
      { type: `${part.type}-start`, id },
      { type: `${part.type}-delta`, id, delta: part.text },
    ];
    return id === resumedTextId ? whole : [...whole, { type: `${part.type}-end`, id }];
  }
  if (part.type === "step-start") return [{ type: "start-step" }];
  if (part.type.startsWith("data-")) return [part as UiChunk];
  return isToolUIPart(part) ? chunksOfTool(part as ToolUIPart) : [];
}

function chunksOfTool(part: ToolUIPart): UiChunk[] {
  const { toolCallId } = part;
  const input: UiChunk = { type: "tool-input-available", toolCallId, toolName: part.type.slice("tool-".length), input: part.input };
  const call = [input, ...chunksOfApproval(part)];
  if (part.state === "output-available") return [...call, { type: "tool-output-available", toolCallId, output: part.output }];
  if (part.state === "output-error") return [...call, { type: "tool-output-error", toolCallId, errorText: part.errorText }];
  if (part.state === "output-denied") return [...call, { type: "tool-output-denied", toolCallId }];
  return call;
}

/**
 * Ends tool calls that never got an answer, so that a stopped reply does not show them as running for ever. An approved one
 * is not made again: it may have been.
 */
export function settleTools(parts: MessageParts): MessageParts {
  return parts.map((part) => {
    if (!isToolUIPart(part)) return part;
    if (part.state === "approval-responded" && !part.approval.approved) return { ...part, state: "output-denied" } as Part;
    if (part.state !== "input-available" && part.state !== "approval-responded") return part;
    return { ...part, state: "output-error", errorText: "The reply ended before this tool answered." } as Part;
  });
}

/** Whether a reply ended because it could not be longer. */
export function isTruncated(parts: MessageParts): boolean {
  return parts.some(isTruncatedNote);
}

/** What a reply goes on from: its parts without the note that it ended there. */
export function withoutTruncatedNote(parts: MessageParts): MessageParts {
  return parts.filter((part) => !isTruncatedNote(part));
}

const isTruncatedNote = (part: Part) => part.type === "data-note" && "id" in part && part.id === truncatedNoteId;

/** Whether anything a reader could see is there. */
export function hasContent(message: Pick<UIMessage, "parts">): boolean {
  return message.parts.some(
    (part) => isToolUIPart(part) || ((part.type === "text" || part.type === "reasoning") && part.text.trim() !== ""),
  );
}
