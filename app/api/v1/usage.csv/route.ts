import { otherMethods, route } from "@/lib/auth/route";
import { usageCsv } from "@/lib/gateway/usage/contract";
import { usageCsv as csv } from "@/lib/gateway/usage/usage-csv";

export const GET = route(usageCsv, ({ caller, query: { user_id: userId, ...query } }) => csv({ caller, userId, ...query }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
