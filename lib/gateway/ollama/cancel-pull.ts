import { db } from "@/db/database";
import { NotFoundError } from "@/lib/core/errors";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { pulls } from "./pulls";

/** Ends a download; one that has ended is taken from the list. For admins. @throws NotFoundError */
export async function cancelPull(id: string): Promise<void> {
  const entry = pulls().get(id);
  if (!entry) throw new NotFoundError("download", id);
  const { name, upstream, state } = entry.view;
  entry.abort.abort();
  await entry.ended;
  pulls().delete(id);
  const target = { kind: "model", id: name, name };
  await recordEvent(db(), { action: "model.pull_cancelled", target, before: { host: upstream, state } });
}
