import { otherMethods, route } from "@/lib/auth/route";
import { createGroup, listGroups } from "@/lib/gateway/limits/contract";
import { createGroup as create } from "@/lib/gateway/limits/create-group";
import { listGroups as list } from "@/lib/gateway/limits/list-groups";
import { pageAfter } from "@/lib/gateway/limits/page-after";

export const GET = route(listGroups, async ({ query }) => pageAfter(await list(), query));

export const POST = route(createGroup, ({ body }) => create(body));

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
