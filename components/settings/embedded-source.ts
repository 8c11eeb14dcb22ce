import type { EmbeddedState } from "@/lib/gateway/embedded/contract";
import { sourceNames } from "./setting-field";

const sources: Record<NonNullable<EmbeddedState["model"]>["source"], string> = {
  environment: sourceNames.environment,
  saved: sourceNames.saved,
  "data-folder": "Default: found in the data folder",
  catalogue: sourceNames.default,
};

/** Where the choice of the model that answers comes from, or that none shall; null while none has come. */
export function embeddedSource({ model, status, changeable }: Pick<EmbeddedState, "model" | "status" | "changeable">): string | null {
  if (status === "off") return changeable ? sourceNames.saved : sourceNames.environment;
  return model && sources[model.source];
}
