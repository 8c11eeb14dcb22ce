import { otherMethods, route } from "@/lib/auth/route";
import { closeHostBreaker } from "@/lib/gateway/hosts/close-host-breaker";
import { closeUpstreamBreaker } from "@/lib/gateway/hosts/contract";

export const POST = route(closeUpstreamBreaker, ({ params, body }) => closeHostBreaker({ id: params.upstreamId, ...body }));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
