import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { EventWriter } from "./event-writer";
import { finishReasonOf } from "./finish-reason";
import { type Logprobs, logprobsOf } from "./logprobs";
import type { ReplyName } from "./to-completion";
import { type Counts, toUsage } from "./to-usage";

type ChunkOptions = ReplyName & {
  /** Counts are told in a chunk of their own, after the finish. */
  counts?: (usage: Extract<Part, { type: "finish" }>["usage"]) => Counts;
};

/**
 * Writes a reply's parts as OpenAI's chunks: https://platform.openai.com/docs/api-reference/chat-streaming
 * What all chunks have in common is written once, so that one costs little more than its own text.
 */
export function chunkWriter({ id, created, model, counts }: ChunkOptions): EventWriter {
  const common = `{"id":${JSON.stringify(id)},"object":"chat.completion.chunk","created":${created},"model":${JSON.stringify(model)},"choices":[`;
  const before = `data: ${common}{"index":0,"delta":`;
  const plainEnd = `,"logprobs":null,"finish_reason":null}]}\n\n`;
  const calls = new Map<string, { index: number; hasArguments: boolean }>();
  let logprobs: Logprobs | undefined;

  const withDelta = (delta: string) => {
    if (!logprobs) return before + delta + plainEnd;
    const end = `,"logprobs":${JSON.stringify(logprobs)},"finish_reason":null}]}\n\n`;
    logprobs = undefined;
    return before + delta + end;
  };
  const openCall = (callId: string, name: string) => {
    const index = calls.size;
    calls.set(callId, { index, hasArguments: false });
    return withDelta(`{"tool_calls":[${JSON.stringify({ index, id: callId, type: "function", function: { name, arguments: "" } })}]}`);
  };
  const addArguments = (callId: string, text: string) => {
    const call = calls.get(callId);
    if (!call || text === "") return "";
    call.hasArguments = true;
    return withDelta(`{"tool_calls":[{"index":${call.index},"function":{"arguments":${JSON.stringify(text)}}}]}`);
  };
  const wholeCall = ({ toolCallId, toolName, input }: Extract<Part, { type: "tool-call" }>) => {
    const opening = calls.has(toolCallId) ? "" : openCall(toolCallId, toolName);
    // Most hosts have streamed them by now; some give a call without arguments no delta at all.
    return opening + (calls.get(toolCallId)?.hasArguments ? "" : addArguments(toolCallId, input));
  };
  const finish = ({ finishReason, usage }: Extract<Part, { type: "finish" }>) => {
    const reason = finishReasonOf(finishReason.unified, calls.size > 0);
    const last = `${before}{},"logprobs":null,"finish_reason":"${reason}"}]}\n\n`;
    return counts ? `${last}data: ${common}],"usage":${JSON.stringify(toUsage(counts(usage)))}}\n\n` : last;
  };

  return {
    start: () => withDelta(`{"role":"assistant","content":"","refusal":null}`),
    part(part) {
      switch (part.type) {
        case "text-delta":
          return part.delta === "" ? "" : withDelta(`{"content":${JSON.stringify(part.delta)}}`);
        case "reasoning-delta":
          return part.delta === "" ? "" : withDelta(`{"reasoning_content":${JSON.stringify(part.delta)}}`);
        case "tool-input-start":
          return part.providerExecuted ? "" : openCall(part.id, part.toolName);
        case "tool-input-delta":
          return addArguments(part.id, part.delta);
        case "tool-call":
          return part.providerExecuted ? "" : wholeCall(part);
        case "finish":
          return finish(part);
        case "raw":
          logprobs = logprobsOf(part.rawValue) ?? logprobs;
          return "";
        default:
          return "";
      }
    },
    end: () => "data: [DONE]\n\n",
    fail: (error) => `data: ${JSON.stringify(error)}\n\n`,
  };
}
