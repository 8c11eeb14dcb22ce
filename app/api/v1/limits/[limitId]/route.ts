import { otherMethods, route } from "@/lib/auth/route";
import { deleteLimit } from "@/lib/gateway/limits/contract";
import { removeLimit } from "@/lib/gateway/limits/remove-limit";

export const DELETE = route(deleteLimit, ({ params }) => removeLimit({ id: params.limitId }));

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods(DELETE);
