import { completeChat } from "@/lib/gateway/openai/complete-chat";
import { createChatCompletion } from "@/lib/gateway/openai/contract";
import { openaiOtherMethods, openaiRoute } from "@/lib/gateway/openai/openai-route";

export const POST = openaiRoute(createChatCompletion, completeChat);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = openaiOtherMethods(POST);
