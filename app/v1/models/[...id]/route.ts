import { getOpenaiModel as contract } from "@/lib/gateway/openai/contract";
import { getOpenaiModel } from "@/lib/gateway/openai/list-openai-models";
import { openaiOtherMethods, openaiRoute } from "@/lib/gateway/openai/openai-route";

export const GET = openaiRoute(contract, ({ params, caller }) => getOpenaiModel(params.id, caller));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = openaiOtherMethods(GET);
