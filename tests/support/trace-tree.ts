import { db } from "@/db/database";
import { spans } from "@/db/schema/spans";
import type { SpanView } from "@/lib/monitoring/spans/contract";
import { flushSpans } from "@/lib/monitoring/spans/span-queue";

/** A trace as lines of kind, name and status, each indented by how deep it is. */
export const treeOf = ({ spans: all }: { spans: SpanView[] }) =>
  all.map(({ depth, kind, name, status }) => `${"  ".repeat(depth)}${kind} ${name}${status === "ok" ? "" : `: ${status}`}`);

/** Every span that is stored, the oldest first, once those that wait are. */
export async function storedSpans() {
  await flushSpans();
  return db().select().from(spans).orderBy(spans.startedAt, spans.id);
}
