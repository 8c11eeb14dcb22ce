import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { hasImages } from "../has-images";
import { isKnownToLack } from "../is-known-to-lack";
import type { ChatRequest } from "./chat-request";
import { OpenaiError } from "./openai-error";
import type { ResolvedModel } from "./resolve-model";
import { toCallSettings } from "./to-call-settings";
import { toPrompt } from "./to-prompt";

/**
 * A chat completion's request as the options of a call to the model.
 * @throws OpenaiError for what the model's host could only ignore
 */
export function toCallOptions(request: ChatRequest, model: ResolvedModel): LanguageModelV4CallOptions {
  const settings = toCallSettings(request, model);
  const prompt = toPrompt(request.messages);
  if (isKnownToLack("vision", model.listed) && hasImages(prompt))
    throw new OpenaiError(`${model.id} cannot read images.`, { code: "unsupported_content", param: "messages" });
  return { prompt, ...settings };
}
