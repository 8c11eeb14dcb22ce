import { otherMethods, route } from "@/lib/auth/route";
import { env } from "@/lib/core/env";
import { prometheusMetrics } from "@/lib/monitoring/metrics/contract";
import { metricsText } from "@/lib/monitoring/metrics/registry";

const closed = route(prometheusMetrics, tell);
const open = route({ ...prometheusMetrics, access: "public" }, tell);

/** For admins and keys with the scope `metrics`, unless the operator opened it to everybody who reaches Hearth. */
export const GET = Object.assign((...asked: Parameters<typeof closed>) => (env().HEARTH_METRICS === "public" ? open : closed)(...asked), {
  contract: prometheusMetrics,
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);

async function tell(): Promise<Response> {
  const { text, contentType } = await metricsText();
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
