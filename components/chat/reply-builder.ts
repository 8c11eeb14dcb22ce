import type { ReasoningUIPart, TextUIPart, ToolUIPart, UIMessageChunk } from "ai";
import { approvalOf } from "@/lib/agent/approvals/contract";
import type { HearthMessage, MessageMetadata } from "@/lib/chat/ui-message";

type StartChunk = Extract<UIMessageChunk, { type: "start" }>;
type ToolChunk = Extract<UIMessageChunk, { toolCallId: string }>;
type ApprovalResponse = Extract<UIMessageChunk, { type: "tool-approval-response" }>;
type DataChunk = Extract<UIMessageChunk, { type: `data-${string}` }>;
type Part = HearthMessage["parts"][number];

/** Builds a reply from its chunks, each in constant time, however long the reply is. */
export class ReplyBuilder {
  readonly id: string;
  private metadata: MessageMetadata;
  private readonly parts: Part[] = [];
  private readonly open = new Map<string, TextUIPart | ReasoningUIPart>();
  private readonly tools = new Map<string, ToolUIPart>();

  /** @param start the chunk that every reply begins with: it names the message and carries its metadata */
  constructor(start: StartChunk) {
    this.id = start.messageId ?? "";
    this.metadata = start.messageMetadata as MessageMetadata;
  }

  /** Takes the next chunk. Kinds that show nothing change nothing. */
  apply(chunk: UIMessageChunk): void {
    if ("messageMetadata" in chunk && chunk.messageMetadata) this.metadata = { ...this.metadata, ...withoutUnset(chunk.messageMetadata) };
    if ("transient" in chunk && chunk.transient) return this.applyPassing(chunk);
    switch (chunk.type) {
      case "text-start":
      case "reasoning-start":
        return this.start(chunk.type === "text-start" ? "text" : "reasoning", chunk.id);
      case "text-delta":
      case "reasoning-delta":
        return this.grow(chunk.type === "text-delta" ? "text" : "reasoning", chunk.id, chunk.delta);
      case "start-step":
        this.parts.push({ type: "step-start" });
        return;
      default:
        if (chunk.type.startsWith("data-")) this.parts.push(chunk as Part);
        else if (chunk.type === "tool-approval-response") this.applyDecision(chunk);
        else if ("toolCallId" in chunk) this.applyTool(chunk);
    }
  }

  /** The reply as it is now: a new object each time, so that React sees the change. */
  message(): HearthMessage {
    return { id: this.id, role: "assistant", parts: [...this.parts], metadata: this.metadata };
  }

  /** What is shown only until the next word, and is no part of the message. */
  private applyPassing(chunk: DataChunk) {
    if (chunk.type !== "data-queue" || typeof chunk.data !== "number") return;
    this.metadata = { ...this.metadata, queuePosition: chunk.data || undefined };
  }

  private start(type: "text" | "reasoning", id: string) {
    const part: TextUIPart | ReasoningUIPart = { type, text: "", state: "done" };
    this.open.set(`${type}:${id}`, part);
    this.parts.push(part);
  }

  private grow(type: "text" | "reasoning", id: string, delta: string) {
    const key = `${type}:${id}`;
    if (!this.open.has(key)) this.start(type, id);
    const part = this.open.get(key);
    if (part) part.text += delta;
  }

  private applyTool(chunk: ToolChunk) {
    const { toolCallId } = chunk;
    if (chunk.type === "tool-input-available")
      this.putTool(toolCallId, { type: `tool-${chunk.toolName}`, toolCallId, state: "input-available", input: chunk.input });
    if (chunk.type === "tool-input-error")
      this.putTool(toolCallId, {
        type: `tool-${chunk.toolName}`,
        toolCallId,
        state: "output-error",
        input: chunk.input,
        errorText: chunk.errorText,
      });
    const known = this.tools.get(toolCallId);
    if (!known) return;
    if (chunk.type === "tool-approval-request")
      this.putTool(toolCallId, { ...known, state: "approval-requested", approval: approvalOf(chunk) } as ToolUIPart);
    if (chunk.type === "tool-output-denied") this.putTool(toolCallId, { ...known, state: "output-denied" } as ToolUIPart);
    if (chunk.type === "tool-output-available")
      this.putTool(toolCallId, { ...known, state: "output-available", output: chunk.output } as ToolUIPart);
    if (chunk.type === "tool-output-error")
      this.putTool(toolCallId, { ...known, state: "output-error", errorText: chunk.errorText } as ToolUIPart);
  }

  private applyDecision({ approvalId, approved, reason }: ApprovalResponse) {
    const known = [...this.tools.values()].find(({ approval }) => approval?.id === approvalId);
    if (!known) return;
    const approval = { ...known.approval, approved, ...(reason && { reason }) };
    this.putTool(known.toolCallId, { ...known, state: "approval-responded", approval } as ToolUIPart);
  }

  private putTool(toolCallId: string, part: ToolUIPart) {
    const known = this.tools.get(toolCallId);
    if (known) this.parts[this.parts.indexOf(known)] = part;
    else this.parts.push(part);
    this.tools.set(toolCallId, part);
  }
}

function withoutUnset(metadata: unknown): Partial<MessageMetadata> {
  return Object.fromEntries(Object.entries(metadata as MessageMetadata).filter(([, value]) => value !== undefined));
}
