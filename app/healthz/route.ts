import { otherMethods, route } from "@/lib/auth/route";
import { healthz } from "@/lib/gateway/contract";

export const GET = route(healthz, () => ({ ok: true as const }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
