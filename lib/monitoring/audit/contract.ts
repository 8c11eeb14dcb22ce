import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { pageOf, pageQuery } from "@/lib/http/page";

/** Everything that is written down, by its name, in the words that people read. Browser-safe. */
export const auditActions = {
  "account.created": "Account made",
  "account.approved": "Account approved",
  "account.declined": "Account declined",
  "account.renamed": "Name changed",
  "account.password_changed": "Password changed",
  "session.started": "Signed in",
  "session.refused": "Sign-in refused",
  "session.ended": "Signed out",
  "session.revoked": "Sign-in revoked",
  "key.created": "API key made",
  "key.changed": "API key changed",
  "key.revoked": "API key revoked",
  "settings.changed": "Settings changed",
  "host.added": "Host added",
  "host.changed": "Host changed",
  "host.deleted": "Host deleted",
  "host.breaker_closed": "Breaker closed",
  "model.changed": "Model settings changed",
  "model.pulled": "Model download begun",
  "model.pull_cancelled": "Model download cancelled",
  "model.deleted": "Model deleted",
  "model.loaded": "Model loaded",
  "model.unloaded": "Model unloaded",
  "model.chosen": "Embedded model chosen",
  "model.download_retried": "Embedded model's download tried again",
  "limit.set": "Limit set",
  "limit.removed": "Limit removed",
  "budget.set": "Budget set",
  "budget.removed": "Budget removed",
  "group.created": "Group made",
  "group.changed": "Group changed",
  "group.removed": "Group removed",
  "cache.cleared": "Cache cleared",
  "terminal.started": "Terminal begun",
  "terminal.ended": "Terminal ended",
  "approval.given": "Tool call approved",
  "approval.given_changed": "Tool call approved with changes",
  "approval.remembered": "Tool call made as always allowed",
  "approval.forgotten": "Tool call no longer always allowed",
  "approval.refused": "Tool call rejected",
  "alert.rule_added": "Alert rule added",
  "alert.rule_changed": "Alert rule changed",
  "alert.rule_removed": "Alert rule removed",
  "alert.acknowledged": "Alert acknowledged",
  "alert.silenced": "Alerts silenced",
  "alert.silence_ended": "Silence ended",
  "alert.channel_added": "Alert channel added",
  "alert.channel_removed": "Alert channel removed",
  "alert.channel_tested": "Alert channel tested",
  "usage.viewed": "Others' usage looked at",
  "usage.exported": "Usage exported",
  "trace.viewed": "Others' traces looked at",
  "trace.searched": "Others' traces searched for a text",
  "trace.exported": "Another's trace exported",
  "audit.exported": "Audit log exported",
  "audit.trimmed": "Old audit events removed",
} as const;

export type AuditAction = keyof typeof auditActions;

/** Kinds of action, as the filter offers them. */
export const auditKinds = {
  account: "Accounts",
  session: "Sign-ins",
  key: "API keys",
  settings: "Settings",
  host: "Hosts",
  model: "Models",
  limit: "Limits",
  budget: "Budgets",
  group: "Groups",
  cache: "Cache",
  terminal: "Terminals",
  approval: "Approvals",
  alert: "Alerts",
  usage: "Usage",
  trace: "Traces",
  audit: "Audit log",
} as const;

/** One event, as lists, exports and pages have it. `before` and `after` hold what differs, without secrets. */
export const auditEvent = z
  .object({
    id: z.uuid(),
    at: z.date().transform((at) => at.toISOString()),
    actorId: z.uuid().nullable(),
    actorName: z.string().describe("As it was then"),
    via: z.enum(["cookie", "token", "key"]).nullable(),
    keyId: z.uuid().nullable(),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    action: z.string(),
    targetKind: z.string().nullable(),
    targetId: z.string().nullable(),
    targetName: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    outcome: z.enum(["done", "refused"]),
  })
  .meta({ id: "AuditEvent" });

export type AuditEvent = z.output<typeof auditEvent>;

const actionName = z.string().regex(/^[a-z]{1,30}(\.[a-z_]{1,40})?$/, "Use an action, as key.created, or a kind, as key");
const words = z.string().trim().max(200);

const filters = {
  from: z.iso.datetime({ offset: true }).optional().describe("From this moment on; the beginning when absent"),
  to: z.iso.datetime({ offset: true }).optional().describe("Up to this moment; now when absent"),
  actor: z.uuid().optional().describe("The account that did it"),
  action: actionName.optional().describe("An action, as `key.created`, or all of a kind, as `key`"),
  target: words.optional().describe("The id of what it was done to, or a part of its name"),
  text: words.optional().describe("Found anywhere in an event, whatever its case"),
  outcome: z.enum(["done", "refused"]).optional(),
};

export type AuditFilters = z.output<z.ZodObject<typeof filters>>;

const shared = { method: "GET", tag: "Audit", access: "admin", errors: ["forbidden"] } as const;

export const listAudit = defineContract({
  ...shared,
  path: "/api/v1/audit",
  summary: "Who did what: sign-ins, accounts, keys, settings, hosts, terminals and exports, the newest first",
  query: pageQuery.extend(filters),
  returns: pageOf(auditEvent),
});

export const auditCsv = defineContract({
  ...shared,
  path: "/api/v1/audit.csv",
  summary: "The same as CSV (RFC 4180). The export is an event too",
  query: z.object(filters),
  file: "text/csv",
});

export const auditNdjson = defineContract({
  ...shared,
  path: "/api/v1/audit.ndjson",
  summary: "The same as JSON, an event in each line. The export is an event too",
  query: z.object(filters),
  file: "application/x-ndjson",
});

const lenient = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);
/** A field that a form leaves empty filters nothing. */
const filled = lenient(words.min(1));

/** A view of the audit page as a link holds it. What cannot be read is as if it were not there. */
export const auditViewQuery = z.object({
  range: z.enum(["1h", "24h", "7d", "30d"]).default("24h").catch("24h"),
  from: lenient(z.iso.datetime()),
  to: lenient(z.iso.datetime()),
  actor: lenient(z.uuid()),
  action: lenient(actionName),
  target: filled,
  text: filled,
  outcome: lenient(z.enum(["done", "refused"])),
  cursor: filled,
});

export type AuditView = z.output<typeof auditViewQuery>;
