import { route } from "@/lib/auth/route";
import { listModels } from "@/lib/gateway/contract";
import { pageOfModels } from "@/lib/gateway/page-of-models";

export const GET = route(listModels, ({ query }) => pageOfModels(query));
