import type { RunOptions } from "./model-runner";
import type { Embedded } from "./protocol";
import { requireActiveModel } from "./require-active-model";
import { runnerOf } from "./runner-of";

export type EmbedOptions = Pick<RunOptions, "signal" | "onPosition" | "onTurn"> & {
  /** A GGUF that makes embeddings; the chat model unless told. It gets a process of its own. */
  file?: string;
};

/**
 * Vectors of length 1 for the texts, in their order, with the tokens they took.
 * @throws ModelError `context_too_long` when a text does not fit the model, `no_model` without a model
 */
export async function embedTexts(texts: string[], { file, ...options }: EmbedOptions = {}): Promise<Embedded> {
  const runner = runnerOf(file ?? requireActiveModel().file);
  return (await runner.run({ kind: "embed", request: { texts } }, options)) as Embedded;
}
