import { defineContract } from "@/lib/http/contract";

export const prometheusMetrics = defineContract({
  method: "GET",
  path: "/metrics",
  summary: "What this process counts, for Prometheus",
  tag: "Health",
  access: "admin",
  scope: "metrics",
  file: "text/plain",
});
