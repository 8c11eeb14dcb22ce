import { otherMethods, route } from "@/lib/auth/route";
import { cacheState } from "@/lib/gateway/cache/cache-state";
import { clearCache as clear } from "@/lib/gateway/cache/clear-cache";
import { clearCache, getCache } from "@/lib/gateway/cache/contract";

export const GET = route(getCache, () => cacheState());

export const DELETE = route(clearCache, ({ caller, query }) => clear({ caller, ...query }));

export const { POST, PUT, PATCH, OPTIONS } = otherMethods(GET, DELETE);
