import { otherMethods, route } from "@/lib/auth/route";
import { checkUpstream } from "@/lib/gateway/hosts/contract";
import { testUpstream } from "@/lib/gateway/test-upstream";

export const POST = route(checkUpstream, ({ params }) => testUpstream({ id: params.upstreamId }));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
