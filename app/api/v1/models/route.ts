import { otherMethods, route } from "@/lib/auth/route";
import { listModels } from "@/lib/gateway/contract";
import { pageOfModels } from "@/lib/gateway/page-of-models";

export const GET = route(listModels, ({ caller, query }) => pageOfModels(query, caller));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
