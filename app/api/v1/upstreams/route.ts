import { otherMethods, route } from "@/lib/auth/route";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { createUpstream, listUpstreams } from "@/lib/gateway/hosts/contract";
import { getUpstream, pageOfUpstreams } from "@/lib/gateway/hosts/list-upstreams";

export const GET = route(listUpstreams, ({ query }) => pageOfUpstreams(query));

export const POST = route(createUpstream, async ({ body }) => getUpstream((await addUpstream(body)).id));

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
