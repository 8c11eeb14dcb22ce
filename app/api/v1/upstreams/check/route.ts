import { otherMethods, route } from "@/lib/auth/route";
import { checkNewUpstream } from "@/lib/gateway/hosts/contract";
import { testUpstream } from "@/lib/gateway/test-upstream";

export const POST = route(checkNewUpstream, ({ body }) => testUpstream(body));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
