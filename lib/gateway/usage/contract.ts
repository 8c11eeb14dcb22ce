import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { pageOf, pageQuery } from "@/lib/http/page";

const shared = { tag: "Usage", access: "user" as const, method: "GET" as const };

/** Days that every calendar has, so that no range is endless. */
const day = z.iso.date().refine((value) => value >= "2000-01-01" && value <= "2999-12-31", "Must be between 2000 and 2999");

const filters = {
  from: day.optional().describe("First day (UTC); 29 days before the last when absent"),
  to: day.optional().describe("Last day (UTC); today when absent"),
  user_id: z.uuid().optional().describe("Another user's, for admins only"),
  all: z.stringbool().default(false).describe("Everybody's, for admins only"),
};

const usageRow = z
  .object({
    key: z.string().describe("The day, the model's id, or the id of the key or user; empty for calls without one"),
    label: z.string().describe("What people know it by"),
    calls: z.number().int(),
    failures: z.number().int(),
    cacheHits: z.number().int(),
    inputTokens: z.number().int(),
    outputTokens: z.number().int().describe("Reasoning is among them"),
    cachedTokens: z.number().int(),
    costUsd: z.number(),
  })
  .meta({ id: "Usage" });

export const usageGrouping = z.enum(["day", "model", "key", "user"]);

export type UsageRow = z.output<typeof usageRow>;
export type UsageGrouping = z.output<typeof usageGrouping>;

export const usage = defineContract({
  ...shared,
  path: "/api/v1/usage",
  summary: "What your calls to models took, added up by day, model, key or user; a minute behind",
  query: pageQuery.extend({ ...filters, groupBy: usageGrouping.default("day") }),
  returns: pageOf(usageRow),
  errors: ["forbidden"],
});

export const usageCsv = defineContract({
  ...shared,
  path: "/api/v1/usage.csv",
  summary: "The same as CSV (RFC 4180): a line for each day, user, key, model, host and purpose",
  query: z.object(filters),
  file: "text/csv",
  errors: ["forbidden"],
});
