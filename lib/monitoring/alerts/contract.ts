import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { lineOfText } from "@/lib/http/text";

/** What an alert can watch: its name, its unit, whether it is counted from calls, and for what it can be told apart. Browser-safe. */
export const alertMetrics = {
  errorRate: { name: "Error rate", unit: "percent", of: "calls" },
  firstTokenP95: { name: "Time to first token, p95", unit: "ms", of: "calls" },
  queueWaitP95: { name: "Wait in line, p95", unit: "ms", of: "calls" },
  requests: { name: "Requests", unit: "count", of: "calls" },
  tokens: { name: "Tokens", unit: "count", of: "calls" },
  costUsd: { name: "Spend", unit: "usd", of: "calls" },
  hostDown: { name: "Hosts that do not answer", unit: "count", of: "hosts" },
  breakerOpen: { name: "Open breakers", unit: "count", of: "hosts" },
  memoryGrowthMb: { name: "Growth of memory", unit: "mb", of: "process" },
} as const;

export type AlertMetric = keyof typeof alertMetrics;
const metricName = z.enum(Object.keys(alertMetrics) as [AlertMetric, ...AlertMetric[]]);

export const alertGroups = ["model", "host", "user", "key", "purpose"] as const;
export type AlertGroup = (typeof alertGroups)[number];

export const alertRuleInput = z
  .object({
    id: z.uuid().optional().describe("The rule to change; a new one when absent"),
    name: lineOfText(100),
    metric: metricName,
    groupBy: z.enum(alertGroups).nullable().default(null).describe("An alert for each of these; one for all together when null"),
    comparison: z.enum(["above", "below"]),
    threshold: z.number().min(0).max(1_000_000_000),
    windowS: z.number().int().min(30).max(86_400),
    forS: z.number().int().min(0).max(86_400),
    leastCalls: z.number().int().min(0).max(1_000_000).default(0),
    noData: z.enum(["ok", "alert", "keep"]),
    enabled: z.boolean().default(true),
  })
  .refine(
    ({ metric, groupBy }) =>
      groupBy === null || alertMetrics[metric].of === "calls" || (alertMetrics[metric].of === "hosts" && groupBy === "host"),
    {
      path: ["groupBy"],
      message: "This metric cannot be told apart by that",
    },
  );

export type AlertRuleInput = z.output<typeof alertRuleInput>;

export const alertSilenceInput = z.object({
  ruleId: z.uuid().nullable().describe("All rules when null"),
  minutes: z.number().int().min(1).max(525_600),
  reason: z.string().trim().max(300).default(""),
});

const channelName = { name: lineOfText(100) };

/** Where alerts are sent: a webhook, which gets each one's beginning and end as a POST of JSON, or an e-mail address. */
export const alertChannelInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("webhook"), ...channelName, url: z.url({ protocol: /^https?$/ }).max(1_000) }),
  z.object({ kind: z.literal("email"), ...channelName, email: z.email().max(300) }),
]);

export type AlertChannelInput = z.output<typeof alertChannelInput>;

export type AlertState = "pending" | "firing" | "resolved";

/** One alert in a list. Times are ISO 8601. */
export const alert = z
  .object({
    id: z.uuid(),
    ruleId: z.uuid(),
    ruleName: z.string(),
    metric: z.string(),
    comparison: z.enum(["above", "below"]),
    threshold: z.number(),
    label: z.string(),
    state: z.enum(["pending", "firing", "resolved"]),
    value: z.number().nullable(),
    startedAt: z.string(),
    firedAt: z.string().nullable(),
    resolvedAt: z.string().nullable(),
    acknowledgedBy: z.string().nullable(),
  })
  .meta({ id: "Alert" });

export type Alert = z.output<typeof alert>;
export type AlertRule = AlertRuleInput & { id: string; isShipped: boolean };
export type AlertSilence = { id: string; ruleName: string | null; until: string; reason: string; createdBy: string };
export type AlertChannel = {
  id: string;
  name: string;
  kind: "webhook" | "email";
  address: string;
  last: { state: string; error: string | null } | null;
};

export const listFiringAlerts = defineContract({
  method: "GET",
  path: "/api/v1/alerts",
  tag: "Alerts",
  access: "admin",
  summary: "Alerts that fire now, and those that are about to, the newest first",
  returns: z.object({ items: z.array(alert), unseen: z.number().int().describe("Firing, and acknowledged by nobody") }),
});
