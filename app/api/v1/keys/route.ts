import { createKey, listKeys } from "@/lib/auth/keys/contract";
import { createKey as create } from "@/lib/auth/keys/create-key";
import { listKeys as list } from "@/lib/auth/keys/list-keys";
import { otherMethods, route } from "@/lib/auth/route";

export const GET = route(listKeys, ({ caller, query }) => list(caller, query));

export const POST = route(createKey, ({ caller, body }) => create(caller, body));

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
