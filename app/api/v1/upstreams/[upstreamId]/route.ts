import { otherMethods, route } from "@/lib/auth/route";
import { deleteUpstream as remove } from "@/lib/gateway/delete-upstream";
import { deleteUpstream, updateUpstream } from "@/lib/gateway/hosts/contract";
import { getUpstream } from "@/lib/gateway/hosts/list-upstreams";
import { updateUpstream as update } from "@/lib/gateway/update-upstream";

export const PATCH = route(updateUpstream, async ({ params, body }) => {
  await update({ id: params.upstreamId, ...body });
  return getUpstream(params.upstreamId);
});

export const DELETE = route(deleteUpstream, ({ params }) => remove({ id: params.upstreamId }));

export const { GET, HEAD, POST, PUT, OPTIONS } = otherMethods(PATCH, DELETE);
