import { sql } from "drizzle-orm";
import { boolean, doublePrecision, index, integer, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at, createdAt } from "./columns";

/** When to raise an alert: a metric over a window of time, for each of a group or for all together, above or below a threshold. */
export const alertRules = pgTable("alert_rules", {
  id: uuid().primaryKey(),
  /** The name of one that ships with Hearth; it can be switched off and changed, not removed. */
  shipped: text().unique(),
  name: text().notNull(),
  metric: text().notNull(),
  groupBy: text({ enum: ["model", "host", "user", "key", "purpose"] }),
  comparison: text({ enum: ["above", "below"] }).notNull(),
  threshold: doublePrecision().notNull(),
  windowS: integer().notNull(),
  /** How long it must hold before the alert fires. */
  forS: integer().notNull(),
  /** Fewer calls than these are as good as none. */
  leastCalls: integer().notNull().default(0),
  /** What having no data means: all is well, it is an alert, or whatever was before. */
  noData: text({ enum: ["ok", "alert", "keep"] }).notNull(),
  enabled: boolean().notNull().default(true),
  createdAt: createdAt(),
});

/** An alert from its beginning to its end: at most one of a rule and subject is not resolved. Names stay as they were then. */
export const alerts = pgTable(
  "alerts",
  {
    id: uuid().primaryKey(),
    ruleId: uuid().notNull(),
    ruleName: text().notNull(),
    metric: text().notNull(),
    comparison: text({ enum: ["above", "below"] }).notNull(),
    threshold: doublePrecision().notNull(),
    /** Which of the group, empty when the rule has none; `label` is what people know it by. */
    subject: text().notNull(),
    label: text().notNull(),
    state: text({ enum: ["pending", "firing", "resolved"] }).notNull(),
    /** The last one measured; null where there was no data. */
    value: doublePrecision(),
    startedAt: at().notNull(),
    firedAt: at(),
    /** When its firing was handed to the channels; null while it is silenced. */
    notifiedAt: at(),
    resolvedAt: at(),
    acknowledgedAt: at(),
    acknowledgedBy: text(),
  },
  (table) => [
    uniqueIndex("alerts_active_unique").on(table.ruleId, table.subject).where(sql`${table.state} <> 'resolved'`),
    index("alerts_started_idx").on(table.startedAt),
  ],
);

/** Until when alerts of a rule, or all when `ruleId` is null, are told to nobody. */
export const alertSilences = pgTable("alert_silences", {
  id: uuid().primaryKey(),
  ruleId: uuid().references(() => alertRules.id, { onDelete: "cascade" }),
  until: at().notNull(),
  reason: text().notNull(),
  createdBy: text().notNull(),
  createdAt: createdAt(),
});

/** Where alerts are sent, beside the page: a webhook's address, kept encrypted with the secret that signs what is sent, or a person's. */
export const alertChannels = pgTable("alert_channels", {
  id: uuid().primaryKey(),
  name: text().notNull().unique(),
  kind: text({ enum: ["webhook", "email"] }).notNull(),
  /** For people: of a webhook the address without path and query, which may be secrets; else the e-mail address. */
  address: text().notNull(),
  /** Null for e-mail. */
  encryptedUrl: text(),
  encryptedSecret: text(),
  enabled: boolean().notNull().default(true),
  createdAt: createdAt(),
});

/** What is to be sent, or was: each beginning and end of an alert once to each channel. */
export const alertDeliveries = pgTable(
  "alert_deliveries",
  {
    id: uuid().primaryKey(),
    alertId: uuid()
      .notNull()
      .references(() => alerts.id, { onDelete: "cascade" }),
    channelId: uuid()
      .notNull()
      .references(() => alertChannels.id, { onDelete: "cascade" }),
    event: text({ enum: ["firing", "resolved"] }).notNull(),
    state: text({ enum: ["waiting", "delivered", "failed"] })
      .notNull()
      .default("waiting"),
    attempts: integer().notNull().default(0),
    nextAt: at().notNull(),
    error: text(),
    createdAt: createdAt(),
    endedAt: at(),
  },
  (table) => [
    unique("alert_deliveries_unique").on(table.alertId, table.channelId, table.event),
    index("alert_deliveries_due_idx").on(table.nextAt).where(sql`${table.state} = 'waiting'`),
  ],
);

/** Who of several processes does something that one must do alone, and until when unless it says so again. */
export const leases = pgTable("leases", { name: text().primaryKey(), holder: text().notNull(), expiresAt: at().notNull() });
