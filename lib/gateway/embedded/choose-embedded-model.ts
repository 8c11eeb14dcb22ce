import path from "node:path";
import { findSetting, saveSetting } from "@/db/queries/settings";
import { env } from "@/lib/core/env";
import { ConflictError, NotFoundError } from "@/lib/core/errors";
import { audited } from "@/lib/monitoring/audit/record-event";
import { applyChoice, settingKey } from "./apply-choice";
import { findEntry } from "./catalogue";
import type { EmbeddedState } from "./contract";
import { embeddedState } from "./embedded-state";
import { chatFiles } from "./pick-model";
import { modelFolders, runtime } from "./runtime";

/**
 * Saves which embedded model to use and changes to it; one that is not there yet is downloaded in the background,
 * while the one before goes on answering.
 * @param name a catalogue name, the name of a GGUF in the data folder, or `off`
 * @throws ConflictError while HEARTH_LOCAL_MODEL decides, or when this machine cannot run a model
 * @throws NotFoundError for any other name
 */
export async function chooseEmbeddedModel({ name }: { name: string }): Promise<EmbeddedState> {
  if (env().HEARTH_LOCAL_MODEL)
    throw new ConflictError("HEARTH_LOCAL_MODEL decides which embedded model is used. Unset it to choose here.");
  const { status, error } = embeddedState();
  if (status === "unavailable") throw new ConflictError(error ?? "");
  if (!(await isKnown(name))) throw new NotFoundError("embedded model", name);
  await audited(
    async (tx) => {
      const before = await findSetting(tx, settingKey);
      await saveSetting(tx, settingKey, { name });
      return before as { name?: string } | null;
    },
    (before) => ({
      action: "model.chosen",
      target: { kind: "model", id: name, name },
      before: { name: before?.name ?? null },
      after: { name },
    }),
  );
  await applyChoice({ mayDownload: true });
  return embeddedState();
}

async function isKnown(name: string): Promise<boolean> {
  const { catalogue } = runtime();
  if (name === "off" || findEntry(catalogue, name)) return true;
  return (await chatFiles(modelFolders(), catalogue)).some((file) => path.basename(file) === name);
}
