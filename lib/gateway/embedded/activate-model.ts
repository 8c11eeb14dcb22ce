import path from "node:path";
import type { PickSource } from "./pick-model";
import { readGguf } from "./read-gguf";
import { maxContextTokens, runtime } from "./runtime";

/** For models the catalogue does not know. */
const plainSampling = { temperature: 0.7, topP: 0.95 };

/**
 * Makes a file the model that answers. The one before ends when the replies it is writing are done.
 * @throws Error of one line when the file is no model
 */
export async function activateModel(file: string, source: PickSource): Promise<void> {
  const state = runtime();
  const head = await readGguf(file);
  const entry = state.catalogue.models.find((model) => model.file === path.basename(file));
  const fileName = path.basename(file, ".gguf");
  retire(state.active?.file, file);
  state.active = {
    name: entry?.name ?? fileName,
    label: entry?.label ?? fileName,
    file,
    sizeBytes: head.sizeBytes,
    contextLength: Math.min(head.contextLength ?? maxContextTokens, maxContextTokens),
    sampling: entry?.sampling ?? plainSampling,
    source,
  };
}

/** Leaves no model to answer. */
export function deactivateModel(): void {
  const state = runtime();
  retire(state.active?.file, null);
  state.active = null;
}

function retire(before: string | undefined, next: string | null): void {
  if (!before || before === next) return;
  const { runners } = runtime();
  runners.get(before)?.close();
  runners.delete(before);
}
