import { revokeKey, updateKey } from "@/lib/auth/keys/contract";
import { revokeKey as revoke } from "@/lib/auth/keys/revoke-key";
import { updateKey as update } from "@/lib/auth/keys/update-key";
import { otherMethods, route } from "@/lib/auth/route";

export const PATCH = route(updateKey, ({ caller, params, body }) => update(caller, { ...params, ...body }));

export const DELETE = route(revokeKey, ({ caller, params }) => revoke(caller, params.id));

export const { GET, HEAD, POST, PUT, OPTIONS } = otherMethods(PATCH, DELETE);
