import { z } from "zod";
import { db } from "@/db/database";
import { findSetting } from "@/db/queries/settings";
import { env } from "@/lib/core/env";
import { activateModel, deactivateModel } from "./activate-model";
import { fetchInBackground } from "./fetch-in-background";
import { pickModel } from "./pick-model";
import { refreshFiles } from "./refresh-files";
import { modelFolders, runtime } from "./runtime";

/** The settings row with the admin's choice. */
export const settingKey = "embedded-model";
const savedChoice = z.object({ name: z.string() });

/** Brings the embedded model to what is wished for now; a download goes on in the background. `mayDownload` false leaves it at what is there. */
export async function applyChoice({ mayDownload }: { mayDownload: boolean }): Promise<void> {
  const state = runtime();
  await refreshFiles();
  const saved = savedChoice.safeParse(await findSetting(db(), settingKey));
  const pick = await pickModel({
    environment: env().HEARTH_LOCAL_MODEL,
    saved: saved.data?.name ?? null,
    folders: modelFolders(),
    catalogue: state.catalogue,
  });
  state.isOff = pick.kind === "off";
  state.error = pick.kind === "nothing" ? pick.message : null;
  if (pick.kind !== "download") await cancelDownload();
  if (pick.kind === "file") return activateModel(pick.file, pick.source);
  if (pick.kind !== "download") return deactivateModel();
  if (pick.meanwhile) await activateModel(pick.meanwhile, "data-folder");
  else deactivateModel();
  // A model that somebody chose is fetched in any case: only the default needs the leave.
  if (mayDownload || pick.source !== "catalogue") fetchInBackground(pick.entry, pick.source);
}

/** Stops a download, keeping what has come so far. */
export async function cancelDownload(): Promise<void> {
  const state = runtime();
  const { download } = state;
  state.download = null;
  download?.cancel.abort();
  await download?.done;
}
