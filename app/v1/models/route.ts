import { listOpenaiModels as contract } from "@/lib/gateway/openai/contract";
import { listOpenaiModels } from "@/lib/gateway/openai/list-openai-models";
import { openaiOtherMethods, openaiRoute } from "@/lib/gateway/openai/openai-route";

export const GET = openaiRoute(contract, ({ caller }) => listOpenaiModels(caller));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = openaiOtherMethods(GET);
