import type { Viewer } from "../policy/models-for";
import { requestOfCall } from "../routing/request-of-call";
import type { ChatRequest } from "./chat-request";
import { OpenaiError } from "./openai-error";
import { type ResolvedModel, resolveModel } from "./resolve-model";
import { takesRequest } from "./takes-request";
import { formatOf } from "./to-call-settings";
import { toPrompt } from "./to-prompt";
import { toDeclaredTools } from "./to-tools";

/** The model that a request is for. @throws OpenaiError when there is none, or it only makes embeddings */
export async function chatModel(request: ChatRequest, viewer: Viewer): Promise<ResolvedModel> {
  const model = await resolveModel(request.model, viewer, { request: () => requestOf(request), takes: takesRequest(request) });
  if (model.listed?.capabilities.embedding)
    throw new OpenaiError(`${model.id} makes embeddings and cannot chat. Use it at /v1/embeddings.`, {
      code: "invalid_model",
      param: "model",
    });
  return model;
}

/** What `auto` goes by: the request as a call of no model yet. */
function requestOf(request: ChatRequest) {
  return requestOfCall({
    prompt: toPrompt(request.messages),
    responseFormat: formatOf(request),
    tools: request.tool_choice === "none" ? undefined : toDeclaredTools(request.tools ?? []),
    maxOutputTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
  });
}
