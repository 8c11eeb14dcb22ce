import { randomInt } from "node:crypto";
import type { LanguageModelV4CallOptions, SharedV4Warning } from "@ai-sdk/provider";
import type { GenerateRequest, Sampling } from "./protocol";
import type { ActiveModel } from "./runtime";
import { toGbnfSchema } from "./to-gbnf-schema";
import { toTurns } from "./to-turns";

/** A call as the worker takes it; what the caller leaves open is as the model's makers advise. */
export function toRequest(
  options: LanguageModelV4CallOptions,
  advised: ActiveModel["sampling"],
): { request: GenerateRequest; warnings: SharedV4Warning[] } {
  const { turns, warnings } = toTurns(options.prompt);
  if (options.tools?.length) warnings.push({ type: "unsupported", feature: "tools", details: "The embedded model cannot call tools." });
  const { responseFormat } = options;
  const request: GenerateRequest = {
    turns,
    maxTokens: options.maxOutputTokens,
    sampling: toSampling(options, advised),
    stop: options.stopSequences?.filter(Boolean) ?? [],
    thinking: options.reasoning !== "none",
    ...(responseFormat?.type === "json" && { json: { schema: responseFormat.schema ? toGbnfSchema(responseFormat.schema) : null } }),
  };
  return { request, warnings };
}

function toSampling(options: LanguageModelV4CallOptions, advised: ActiveModel["sampling"]): Sampling {
  return {
    temperature: options.temperature ?? advised.temperature,
    topP: options.topP ?? advised.topP,
    topK: options.topK ?? advised.topK,
    // Without a seed each reply is another one, so that writing it again gives something new.
    seed: options.seed ?? randomInt(2 ** 32),
    presencePenalty: options.presencePenalty,
    frequencyPenalty: options.frequencyPenalty,
  };
}
