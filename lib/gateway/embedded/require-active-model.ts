import { ModelError } from "@/lib/core/errors";
import { embeddedState } from "./embedded-state";
import { type ActiveModel, runtime } from "./runtime";

/** The model that answers now. @throws ModelError `no_model`, saying what is missing */
export function requireActiveModel(): ActiveModel {
  const { active } = runtime();
  if (active) return active;
  const { status, error, download } = embeddedState();
  if (status === "downloading" && download)
    throw new ModelError(
      "no_model",
      `${download.label} is still being downloaded (${Math.floor((download.receivedBytes * 100) / download.totalBytes)} %). Try again when it is here.`,
    );
  if (status === "off")
    throw new ModelError("no_model", "The embedded model is switched off. Choose one in the settings, or use another model.");
  throw new ModelError("no_model", error ?? "There is no embedded model yet. Choose one in the settings.");
}
