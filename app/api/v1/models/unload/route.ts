import { otherMethods, route } from "@/lib/auth/route";
import { unloadModel } from "@/lib/gateway/models/contract";
import { unloadFromHosts } from "@/lib/gateway/models/load-on-hosts";

export const POST = route(unloadModel, async ({ body }) => ({ hosts: await unloadFromHosts(body) }));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
