import { route } from "@/lib/auth/route";
import { healthz } from "@/lib/gateway/contract";

export const GET = route(healthz, () => ({ ok: true as const }));
