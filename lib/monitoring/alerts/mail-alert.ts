import { createTransport, type Transporter } from "nodemailer";
import type { AlertRow } from "@/db/queries/alerts";
import { env } from "@/lib/core/env";
import { processGlobal } from "@/lib/core/process-global";
import { type AlertMetric, alertMetrics } from "./contract";

const timeoutMs = 10_000;
const words = { firing: "Firing", resolved: "Resolved", test: "Test" };

/** What is mailed of an alert; `deliveryId` becomes the message's id, by which a repetition is told. */
type AlertMail = { deliveryId: string; event: "firing" | "resolved" | "test"; alert: AlertRow | null };

/** Whether there is a mail server to send by, and an address to send from. */
export const canMail = (): boolean => env().HEARTH_SMTP_URL !== undefined && env().HEARTH_SMTP_FROM !== undefined;

const transports = () => processGlobal("alert-mail", () => new Map<string, Transporter>());

/** Mails an alert's beginning or end, as plain text. @throws Error when there is no mail server, or it does not take it within some seconds */
export async function mailAlert(to: string, mail: AlertMail): Promise<void> {
  const { HEARTH_SMTP_URL: url, HEARTH_SMTP_FROM: from } = env();
  if (!url || !from) throw new Error("HEARTH_SMTP_URL or HEARTH_SMTP_FROM is not set");
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const transport = transports().get(url) ?? createTransport({ url, ...timeouts });
  transports().set(url, transport);
  const domain = from.slice(from.indexOf("@") + 1);
  await transport.sendMail({ from, to, messageId: `<${mail.deliveryId}@${domain}>`, subject: subjectOf(mail), text: textOf(mail) });
}

function subjectOf({ event, alert }: AlertMail): string {
  const what = alert ? (alert.label ? `${alert.ruleName}: ${alert.label}` : alert.ruleName) : "alerts reach this address";
  return `[Hearth] ${words[event]}: ${what}`;
}

function textOf({ alert }: AlertMail): string {
  const url = env().HEARTH_URL ? new URL("/monitoring/alerts", env().HEARTH_URL).href : null;
  if (!alert) return ["This is a test. Alerts of Hearth will come like this.", url].filter(Boolean).join("\n\n");
  const { name, unit } = alertMetrics[alert.metric as AlertMetric];
  const { value, comparison, threshold, startedAt, resolvedAt } = alert;
  return [
    `${name} (${unit}): ${value ?? "no data"}, ${comparison} ${threshold}`,
    `Began: ${startedAt.toISOString()}`,
    resolvedAt && `Ended: ${resolvedAt.toISOString()}`,
    url,
  ]
    .filter(Boolean)
    .join("\n");
}
