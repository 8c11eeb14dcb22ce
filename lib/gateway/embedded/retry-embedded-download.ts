import { db } from "@/db/database";
import { ConflictError } from "@/lib/core/errors";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { applyChoice } from "./apply-choice";
import type { EmbeddedState } from "./contract";
import { embeddedState } from "./embedded-state";
import { runtime } from "./runtime";

/**
 * Looks for the model again and goes on with its download from where it broke off.
 * @throws ConflictError while the download runs, or when the embedded model is off or ready
 */
export async function retryEmbeddedDownload(): Promise<EmbeddedState> {
  const { status, download } = embeddedState();
  if (download && download.state !== "failed") throw new ConflictError("The download is running already.");
  if (status === "off" || status === "unavailable" || (status === "ready" && !download))
    throw new ConflictError("There is no download to try again.");
  await recordEvent(db(), { action: "model.download_retried", target: { kind: "model", name: "Embedded model" } });
  runtime().error = null;
  await applyChoice({ mayDownload: true });
  return embeddedState();
}
