import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { EventWriter } from "../event-writer";
import type { ResponsesRequest } from "../responses-request";
import type { ReplyName } from "../to-completion";
import type { Counts } from "../to-usage";
import { outputWriter } from "./output-writer";
import { toResponse } from "./to-response";

type Finish = Extract<Part, { type: "finish" }>;
type EventOptions = { request: ResponsesRequest; name: ReplyName; counts: (usage: Finish["usage"]) => Counts };

/** Writes a reply's parts as the events of the Responses API: https://platform.openai.com/docs/api-reference/responses-streaming */
export function responseWriter({ request, name, counts }: EventOptions): EventWriter {
  let number = 0;
  const event = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...fields })}\n\n`;
  const items = outputWriter(event);

  const finish = ({ finishReason, usage }: Finish) => {
    const closing = items.closeBlock();
    const response = toResponse(request, name, { output: items.output, finish: finishReason.unified, counts: counts(usage) });
    return closing + event(response.status === "incomplete" ? "response.incomplete" : "response.completed", { response });
  };
  return {
    start() {
      const response = toResponse(request, name, { output: [] });
      return event("response.created", { response }) + event("response.in_progress", { response });
    },
    part(part) {
      switch (part.type) {
        case "text-delta":
          return items.addText("text", part.delta);
        case "reasoning-delta":
          return items.addText("reasoning", part.delta);
        case "tool-input-start":
          return part.providerExecuted ? "" : items.openCall(part.id, part.toolName);
        case "tool-input-delta":
          return items.addArguments(part.id, part.delta);
        case "tool-call":
          return part.providerExecuted ? "" : items.endCall(part.toolCallId, part.toolName, part.input);
        case "finish":
          return finish(part);
        default:
          return "";
      }
    },
    end: () => "",
    fail: ({ error }) => event("response.failed", { response: toResponse(request, name, { output: items.output, error }) }),
  };
}
