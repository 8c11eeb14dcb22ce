import { createOpenaiResponse } from "@/lib/gateway/openai/contract";
import { openaiOtherMethods, openaiRoute } from "@/lib/gateway/openai/openai-route";
import { respond } from "@/lib/gateway/openai/responses/respond";

export const POST = openaiRoute(createOpenaiResponse, respond);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = openaiOtherMethods(POST);
