import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { viewQuery } from "../overview/contract";

export const spanKinds = ["run", "step", "tool", "model", "embedding", "queue", "cache", "attempt"] as const;
export const spanStatuses = ["running", "ok", "error", "stopped"] as const;

/** A field that a form leaves empty filters nothing. */
const filled = z.string().trim().min(1).max(200).optional().catch(undefined);
const { range, from, to, model, cursor } = viewQuery.shape;

/** A list of traces as a link holds it; what cannot be read is as if it were not there. */
export const traceQuery = z.object({
  ...{ range, from, to, model, cursor },
  user: z.uuid().optional().catch(undefined),
  status: z.enum(spanStatuses).optional().catch(undefined),
  kind: z.enum(spanKinds).optional().catch(undefined),
  text: filled,
});

export type TraceView = z.output<typeof traceQuery>;

/** One trace in a list. Times are ISO 8601; `totalMs` is null while it goes on. */
export type TraceRow = {
  id: string;
  traceId: string;
  name: string;
  user: string | null;
  model: string | null;
  status: (typeof spanStatuses)[number];
  error: string | null;
  startedAt: string;
  totalMs: number | null;
  spans: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
};

/** A span as the page has it. Times are milliseconds since 1970; `depth` is how far below the root it is. */
export type SpanView = {
  id: string;
  parentId: string | null;
  depth: number;
  kind: (typeof spanKinds)[number];
  name: string;
  model: string | null;
  status: (typeof spanStatuses)[number];
  error: string | null;
  startMs: number;
  endMs: number | null;
  /** What a call to a model took; null for what is none. */
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  firstTokenMs: number | null;
  attributes: Record<string, string | number | boolean | string[]>;
  input: string | null;
  output: string | null;
};

/** A trace with its spans as a tree in the order to read it: each after its parent, those beside each other as they began. */
export type TraceDetails = {
  traceId: string;
  ownerId: string | null;
  conversationId: string | null;
  root: SpanView;
  spans: SpanView[];
  /** False where it has more spans than are read. */
  isWhole: boolean;
};

export const exportTrace = defineContract({
  method: "GET",
  path: "/api/monitoring/traces/{traceId}",
  summary: "A trace in OpenTelemetry's OTLP JSON, yours or, for admins, anyone's",
  tag: "Monitoring",
  access: "user",
  params: z.object({ traceId: z.uuid() }),
  file: "application/json",
  errors: ["not_found"],
});

/** What is kept of runs and calls: whose words, and for how many days. */
export const traceSettings = z.object({
  traceContent: z.enum(["off", "admins", "on"]),
  traceKeepDays: z.number().int().min(1).max(3_650),
});

/** What admins change of it; null takes one back to its default, and one that is absent stays. */
export const traceSettingChanges = z
  .object({ traceContent: traceSettings.shape.traceContent.nullable(), traceKeepDays: traceSettings.shape.traceKeepDays.nullable() })
  .partial();

export type TraceSettings = z.output<typeof traceSettings>;
export type TraceSettingChanges = z.output<typeof traceSettingChanges>;
