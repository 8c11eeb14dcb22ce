import { otherMethods, route } from "@/lib/auth/route";
import { changeGroup as change } from "@/lib/gateway/limits/change-group";
import { changeGroup, deleteGroup } from "@/lib/gateway/limits/contract";
import { removeGroup } from "@/lib/gateway/limits/remove-group";

export const PATCH = route(changeGroup, ({ params, body }) => change(params.groupId, body));

export const DELETE = route(deleteGroup, ({ params }) => removeGroup({ id: params.groupId }));

export const { GET, HEAD, POST, PUT, OPTIONS } = otherMethods(PATCH, DELETE);
