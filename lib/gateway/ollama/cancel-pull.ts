import { NotFoundError } from "@/lib/core/errors";
import { pulls } from "./pulls";

/** Ends a download; one that has ended is taken from the list. For admins. @throws NotFoundError */
export async function cancelPull(id: string): Promise<void> {
  const entry = pulls().get(id);
  if (!entry) throw new NotFoundError("download", id);
  entry.abort.abort();
  await entry.ended;
  pulls().delete(id);
}
