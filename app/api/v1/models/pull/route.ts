import { otherMethods, route } from "@/lib/auth/route";
import { pullModel } from "@/lib/gateway/ollama/contract";
import { pullResponse } from "@/lib/gateway/ollama/pull-response";

export const POST = route(pullModel, ({ body, caller, request }) => pullResponse(body, caller, request.signal));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
