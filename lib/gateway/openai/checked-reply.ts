import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import { ModelError } from "@/lib/core/errors";
import type { ObservedCall } from "./observe-call";
import { openReply, readAll } from "./open-reply";
import { readAnswer } from "./read-answer";
import type { ReplyCheck } from "./reply-check";

type Asked = { modelId: string; observed: ObservedCall; options: LanguageModelV4CallOptions; check: () => ReplyCheck | undefined };

/**
 * A whole reply that is what the request wants. When it is not, the model is told why and asked once more.
 * @param check what it has to be, which depends on the model that answered
 * @throws ModelError `bad_reply` when the second is none either, and whatever a call can fail with
 */
export async function checkedReply({ modelId, observed, options, check }: Asked): Promise<Part[]> {
  const ask = async (asked: LanguageModelV4CallOptions, cache = observed.context.cache) =>
    readAll(await openReply(modelId, { ...observed.context, isCollected: true, cache }, asked));
  const first = await ask(options);
  const faultOf = (parts: Part[]) => check()?.fault(readAnswer(parts));
  const fault = faultOf(first);
  if (fault === undefined) return first;
  const again = withFault(options, readAnswer(first).text, fault);
  let second = await ask(again);
  let secondFault = faultOf(second);
  // A kept reply is no try: the model gets its second one all the same.
  if (secondFault !== undefined && isKept(observed)) {
    second = await ask(again, "skip");
    secondFault = faultOf(second);
  }
  if (secondFault === undefined) return second;
  throw new ModelError("bad_reply", `${modelId} did not give what response_format or tool_choice asks for, in two tries. ${secondFault}`);
}

const isKept = ({ facts }: ObservedCall) => facts?.cache === "hit" || facts?.cache === "similar";

function withFault(options: LanguageModelV4CallOptions, text: string, fault: string): LanguageModelV4CallOptions {
  const prompt = [...options.prompt];
  if (text !== "") prompt.push({ role: "assistant", content: [{ type: "text", text }] });
  prompt.push({
    role: "user",
    content: [{ type: "text", text: `That reply cannot be used. ${fault} Reply again, with nothing but what was asked for.` }],
  });
  return { ...options, prompt };
}
