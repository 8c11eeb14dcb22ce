import { otherMethods, route } from "@/lib/auth/route";
import { cancelPull as cancel } from "@/lib/gateway/ollama/cancel-pull";
import { cancelPull } from "@/lib/gateway/ollama/contract";

export const DELETE = route(cancelPull, ({ params }) => cancel(params.pullId));

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods(DELETE);
