import type { LanguageModelV4Prompt, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { type Span, startTrace } from "@/lib/monitoring/spans/start-span";
import type { CallContext, CallRecord } from "./call-record";
import { splitModelId } from "./upstream";

/** The most that is kept of a prompt or a reply while it is made; what is stored of it is cut to size once more. */
const maxChars = 16_000;
const operations = { chat: "chat", embedding: "embeddings" } as const;
const names = { chat: "Chat", title: "Title", embedding: "Embedding", check: "Check of a host", api: "API call", copilot: "Copilot" };

/** Begins the span of a call: a part of what its caller is recording, else a trace of its own. */
export function startCallSpan(modelId: string, { span, userId, purpose, conversationId }: CallContext, use: "chat" | "embedding"): Span {
  const kind = use === "chat" ? ("model" as const) : ("embedding" as const);
  const operation = operations[use];
  const facts = { operation, purpose, requestModel: modelId, provider: providerOf(modelId) };
  const given = { kind, model: modelId, facts };
  if (span) return span.child({ ...given, name: `${operation} ${modelId}` });
  return startTrace({ ...given, name: names[purpose], ownerId: userId, conversationId });
}

/** Ends it, with what the call took. */
export function endCallSpan(span: Span, record: CallRecord, failure: unknown): void {
  const { model, upstream: host, choice, attempts, cache, queuedMs, costUsd, tokensEstimated, startedAt, firstTokenAt } = record;
  const { inputTokens, outputTokens, cachedTokens, reasoningTokens } = record;
  span.note(
    {
      ...{ host, choice, attempts, cache, queuedMs, costUsd, inputTokens, outputTokens, responseModel: model },
      ...(cachedTokens > 0 && { cachedTokens }),
      ...(reasoningTokens > 0 && { reasoningTokens }),
      ...(tokensEstimated && { tokensEstimated }),
      ...(firstTokenAt && { firstTokenMs: firstTokenAt.getTime() - startedAt.getTime() }),
    },
    model,
  );
  const error = record.outcome === "failed" ? (failure ?? "The call failed.") : undefined;
  span.end({ status: record.outcome === "stopped" ? "stopped" : undefined, error, at: record.endedAt });
}

/** Names as https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai has them, where it has one. */
export function providerOf(modelId: string): string {
  const { prefix } = splitModelId(modelId);
  return prefix === "google" ? "gcp.gemini" : prefix;
}

/** A prompt as `gen_ai.input.messages`, its newest messages first to be kept. Files are named and not kept. */
export function promptContent(prompt: LanguageModelV4Prompt): string {
  const kept: object[] = [];
  let room = maxChars;
  for (const { role, content } of prompt.toReversed()) {
    if (room <= 0) break;
    const parts = typeof content === "string" ? [{ type: "text", content }] : content.map(partContent);
    const text = JSON.stringify(parts);
    kept.unshift(text.length > room ? { role, parts: [{ type: "text", content: `…${text.slice(-room)}` }] } : { role, parts });
    room -= text.length;
  }
  const leftOut = prompt.length - kept.length;
  return JSON.stringify(
    leftOut > 0 ? [{ role: "system", parts: [{ type: "text", content: `(${leftOut} older left out)` }] }, ...kept] : kept,
  );
}

/** What is embedded, up to what is kept. */
export function embeddedContent(texts: string[]): string {
  let room = maxChars;
  const kept = texts.flatMap((text) => {
    if (room <= 0) return [];
    const shown = text.slice(0, room);
    room -= shown.length;
    return [shown];
  });
  return JSON.stringify(kept.length < texts.length ? [...kept, `(${texts.length - kept.length} more left out)`] : kept);
}

type PromptPart = Exclude<LanguageModelV4Prompt[number]["content"], string>[number];

function partContent(part: PromptPart): object {
  if (part.type === "text" || part.type === "reasoning") return { type: part.type, content: part.text };
  if (part.type === "tool-call") return { type: "tool_call", id: part.toolCallId, name: part.toolName, arguments: part.input };
  if (part.type === "tool-result") return { type: "tool_call_response", id: part.toolCallId, response: part.output };
  return { type: part.type, content: "(left out)" };
}

/** Collects a reply as `gen_ai.output.messages`, up to what is kept. */
export function replyContent() {
  const parts: { type: string; content?: string; name?: string; arguments?: string }[] = [];
  let room = maxChars;
  const add = (type: "text" | "reasoning", text: string) => {
    const last = parts.at(-1);
    if (last?.type === type) last.content = `${last.content}${text.slice(0, room)}`;
    else parts.push({ type, content: text.slice(0, room) });
    room -= text.length;
  };
  return {
    onPart(part: LanguageModelV4StreamPart): void {
      if (room <= 0) return;
      if (part.type === "text-delta") add("text", part.delta);
      if (part.type === "reasoning-delta") add("reasoning", part.delta);
      if (part.type !== "tool-call") return;
      parts.push({ type: "tool_call", name: part.toolName, arguments: part.input.slice(0, room) });
      room -= part.input.length;
    },
    text(): string {
      return JSON.stringify([{ role: "assistant", parts }]);
    },
  };
}
