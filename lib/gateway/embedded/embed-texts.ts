import type { Embedded } from "./protocol";
import { requireActiveModel } from "./require-active-model";
import { runnerOf } from "./runner-of";

export type EmbedOptions = {
  /** A GGUF that makes embeddings; the chat model unless told. It gets a process of its own. */
  file?: string;
  signal?: AbortSignal;
};

/**
 * Vectors of length 1 for the texts, in their order, with the tokens they took.
 * @throws ModelError `context_too_long` when a text does not fit the model, `no_model` without a model
 */
export async function embedTexts(texts: string[], { file, signal }: EmbedOptions = {}): Promise<Embedded> {
  const runner = runnerOf(file ?? requireActiveModel().file);
  return (await runner.run({ kind: "embed", request: { texts } }, { signal })) as Embedded;
}
