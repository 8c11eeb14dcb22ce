import { z } from "zod";
import { defineContract } from "@/lib/http/contract";

/** What a page shows, and so what it is told of: sums of calls, traces, one trace, or alerts. */
const followQuery = z.object({
  of: z.enum(["calls", "traces", "alerts"]),
  trace: z.uuid().optional().describe("Of traces only this one"),
  since: z.iso.datetime().optional().describe("When the page was made: what has changed since is told at once"),
});

export type FollowQuery = z.output<typeof followQuery>;

/** What the stream says: there is something new to read, or how things are at the moment, for those who may see it. */
export type LiveEvent<Now> = { type: "changed" } | { type: "now"; now: Now };

export const followChanges = defineContract({
  method: "GET",
  path: "/api/monitoring/changes",
  summary: "Follow when there is something new to see on a page of the monitoring",
  tag: "Pages",
  access: "user",
  scope: "none",
  query: followQuery,
  streams: "JSON: `changed` when the page should be read anew; for admins, with calls, `now` as often as what goes on now changes",
});
