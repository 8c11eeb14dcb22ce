import { createEmbeddings as contract } from "@/lib/gateway/openai/contract";
import { createEmbeddings } from "@/lib/gateway/openai/create-embeddings";
import { openaiOtherMethods, openaiRoute } from "@/lib/gateway/openai/openai-route";

export const POST = openaiRoute(contract, createEmbeddings);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = openaiOtherMethods(POST);
