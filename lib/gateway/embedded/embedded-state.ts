import { env } from "@/lib/core/env";
import type { CatalogueEntry } from "./catalogue";
import type { CatalogueChoice, EmbeddedState } from "./contract";
import { machine } from "./machine";
import { fitsMemory, recommendModel } from "./recommend-model";
import { type Runtime, runtime } from "./runtime";

const missingLibrary =
  "The optional package node-llama-cpp is not installed on this machine, so it cannot run a model itself. Connect a model host, or run npm install on a supported platform.";

/** What the embedded model is and does at the moment: what each call looks at. */
export function embeddedNow(): Pick<EmbeddedState, "status" | "model" | "error" | "worker"> {
  const state = runtime();
  const runner = state.active ? state.runners.get(state.active.file) : undefined;
  return {
    status: statusOf(state),
    model: state.active && pickShown(state.active),
    error: state.isUnavailable ? missingLibrary : (state.error ?? state.download?.shown.error ?? null),
    worker: { state: runner?.state ?? "stopped", waiting: runner?.waiting ?? 0 },
  };
}

/** The embedded model as pages and the API show it, with what else could be chosen. Reads no file and waits for nothing. */
export function embeddedState(): EmbeddedState {
  const state = runtime();
  const { memoryBytes, cores } = machine();
  const recommended = recommendModel(state.catalogue, memoryBytes, cores).name;
  const catalogued = new Set(state.catalogue.models.map((entry) => entry.file));
  return {
    ...embeddedNow(),
    download: state.download && { ...state.download.shown },
    changeable: !env().HEARTH_LOCAL_MODEL,
    memoryBytes,
    cores,
    catalogue: state.catalogue.models.map((entry) => toChoice(entry, { state, memoryBytes, recommended })),
    files: state.files.filter((name) => !catalogued.has(name)),
  };
}

function statusOf(state: Runtime): EmbeddedState["status"] {
  if (state.isUnavailable) return "unavailable";
  if (state.isOff) return "off";
  if (state.active) return "ready";
  if (state.error || state.download?.shown.state === "failed") return "failed";
  return state.download ? "downloading" : "missing";
}

function pickShown({ name, label, sizeBytes, contextLength, source }: NonNullable<Runtime["active"]>): NonNullable<EmbeddedState["model"]> {
  return { name, label, sizeBytes, contextLength, source };
}

function toChoice(
  entry: CatalogueEntry,
  { state, memoryBytes, recommended }: { state: Runtime; memoryBytes: number; recommended: string },
): CatalogueChoice {
  const { name, label, description, sizeBytes, contextLength, minimumMemoryBytes, licence } = entry;
  return {
    ...{ name, label, description, sizeBytes, contextLength, minimumMemoryBytes, licence },
    downloaded: state.files.includes(entry.file),
    fits: fitsMemory(entry, memoryBytes),
    recommended: name === recommended,
  };
}
