import { convertToModelMessages, type ModelMessage, type UIMessage } from "ai";
import { contextTokensOf } from "@/lib/gateway/context-tokens";
import { findModel } from "@/lib/gateway/list-models";
import { estimateTokens } from "@/lib/gateway/token-estimate";
import { asAnswered } from "../approvals/as-answered";
import { chooseModel } from "../choose-model";
import { continueRequest, instructionsFor } from "../instructions";
import { type AgentConfig, type AgentState, type AgentUpdate, contextOf } from "../state";
import { describeTools } from "../tools/declare-tools";
import { offerTools } from "../tools/offer-tools";
import { chooseWindow } from "../window";

/** Providers whose models go on from a trailing assistant message by themselves. */
const prefilling = new Set(["local", "ollama"]);

/** Picks the model, the tools and the window. @throws ModelError when there is no such model, or none at all */
export async function prepare(state: AgentState, config: AgentConfig): Promise<AgentUpdate> {
  const context = contextOf(config);
  const { options, emit } = context;
  const history = state.history ?? context.history;
  const offered = await offerTools(options.tools, context);
  const id = await chooseModel(context, offered);
  const model = await findModel(id);
  const tools = model?.capabilities.tools ? offered : [];
  const instructions = instructionsFor(options.system, tools);
  const contextTokens = contextTokensOf(id, model?.contextLength ?? null);
  const fixed = { contextTokens, instructions, tools: describeTools(tools), maxReplyTokens: options.maxTokens };
  const { messages, leftOut } = chooseWindow(history, fixed, (text) => estimateTokens(text, id));
  if (leftOut > 0) emit({ type: "data-note", data: leftOutNote(leftOut, contextTokens) });
  const resumes = messages.at(-1)?.role === "assistant";
  return {
    model: id,
    instructions,
    toolNames: tools,
    contextTokens,
    messages: await toModelMessages(messages, resumes && !prefilling.has(id.split("/")[0] ?? "")),
  };
}

function leftOutNote(leftOut: number, contextTokens: number): string {
  const what = leftOut === 1 ? "1 older message was" : `${leftOut} older messages were`;
  return `${what} left out: the conversation is longer than this model's context of ${contextTokens.toLocaleString("en")} tokens.`;
}

async function toModelMessages(messages: UIMessage[], askToContinue: boolean): Promise<ModelMessage[]> {
  const written = messages.map((message) => ({
    ...message,
    parts: message.parts.filter((part) => part.type !== "reasoning" && !part.type.startsWith("data-")).map(asAnswered),
  }));
  const converted = await convertToModelMessages(written, { ignoreIncompleteToolCalls: true });
  return askToContinue && converted.at(-1)?.role === "assistant" ? [...converted, { role: "user", content: continueRequest }] : converted;
}
