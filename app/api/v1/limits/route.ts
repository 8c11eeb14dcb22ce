import { otherMethods, route } from "@/lib/auth/route";
import { listLimits, setLimit } from "@/lib/gateway/limits/contract";
import { listLimits as list } from "@/lib/gateway/limits/list-limits";
import { pageAfter } from "@/lib/gateway/limits/page-after";
import { setLimit as set } from "@/lib/gateway/limits/set-limit";

export const GET = route(listLimits, async ({ query }) => pageAfter(await list(), query));

export const POST = route(setLimit, ({ body }) => set(body));

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
