import { otherMethods, route } from "@/lib/auth/route";
import { sweeperIsHealthy } from "@/lib/chat/beat-hearts";
import { readyz } from "@/lib/gateway/contract";
import { checkReadiness } from "@/lib/gateway/readiness";

export const GET = route(readyz, async () => {
  const { isReady, readiness } = await checkReadiness({ jobsOk: sweeperIsHealthy() });
  return Response.json(readiness, { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
