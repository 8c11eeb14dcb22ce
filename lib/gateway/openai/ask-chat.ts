import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { Viewer } from "../policy/models-for";
import { kindOfModel } from "../upstream";
import { chatModel } from "./chat-model";
import type { ChatRequest } from "./chat-request";
import { checkedReply } from "./checked-reply";
import type { ObservedCall } from "./observe-call";
import { type OpenReply, openReply, replyOf } from "./open-reply";
import { type ReplyCheck, replyCheck } from "./reply-check";
import type { ResolvedModel } from "./resolve-model";
import { toCallOptions } from "./to-call-options";
import { findCallSettings } from "./to-call-settings";

/** A chat request whose model is found. `whole` asks for all of the reply, `open` for one that is read as it comes. */
type AskedChat = { model: ResolvedModel; whole: () => Promise<Part[]>; open: () => Promise<OpenReply> };

/**
 * Finds out which model a chat request is for, and who may answer in its place: only models that take all of the request.
 * A reply is checked by what the host that gave it leaves to be checked. A stream that the first model's host vouches for is
 * not held back, and so is not given by one whose reply would have to be read to its end first.
 * @throws OpenaiError for what cannot be asked of the model
 */
export async function askChat(request: ChatRequest, viewer: Viewer, observed: ObservedCall): Promise<AskedChat> {
  const model = await chatModel(request, viewer);
  const options = { ...toCallOptions(request, model), abortSignal: observed.signal };
  const check = replyCheck(request, model);
  const checkOf = (id: string) => (id === model.id ? check : replyCheck(request, { kind: kindOfModel(id) }));
  const isHeld = !request.stream || isUnsure(check);
  observed.context.fallbacks = model.route?.fallbacks;
  observed.context.settingsFor = ({ id, listed }) =>
    isHeld || !isUnsure(checkOf(id)) ? findCallSettings(request, { id, kind: kindOfModel(id), listed }) : null;
  const whole = () => checkedReply({ modelId: model.id, observed, options, check: () => checkOf(observed.facts?.model ?? model.id) });
  return { model, whole, open: () => (isHeld ? whole().then(replyOf) : openReply(model.id, observed.context, options)) };
}

const isUnsure = (check: ReplyCheck | undefined) => check !== undefined && !check.isSure;
