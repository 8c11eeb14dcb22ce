import { otherMethods, route } from "@/lib/auth/route";
import { usage } from "@/lib/gateway/usage/contract";
import { listUsage } from "@/lib/gateway/usage/list-usage";

export const GET = route(usage, ({ caller, query: { user_id: userId, ...query } }) => listUsage({ caller, userId, ...query }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
