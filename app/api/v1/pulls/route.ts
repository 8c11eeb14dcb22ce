import { otherMethods, route } from "@/lib/auth/route";
import { listPulls } from "@/lib/gateway/ollama/contract";
import { listPulls as list } from "@/lib/gateway/ollama/pulls";

export const GET = route(listPulls, () => ({ items: list() }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
