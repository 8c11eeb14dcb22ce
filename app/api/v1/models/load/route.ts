import { otherMethods, route } from "@/lib/auth/route";
import { loadModel } from "@/lib/gateway/models/contract";
import { loadOnHosts } from "@/lib/gateway/models/load-on-hosts";

export const POST = route(loadModel, async ({ body }) => ({ hosts: await loadOnHosts(body) }));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
