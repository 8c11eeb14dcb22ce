import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Attempt } from "../attempt";
import { callError } from "../call-error";
import { embeddedNow } from "../embedded/embedded-state";
import { embeddedLanguageModel } from "../embedded/language-model";

/** The embedded model, when it is the one that was asked for. @throws ModelError when it is another, or none */
export function embeddedModel({ target, timers }: Attempt): LanguageModelV4 {
  const active = embeddedNow().model;
  if (active && active.name !== target.modelName) {
    throw callError("model_not_installed", `The embedded model is ${active.name} now, not ${target.modelName}.`);
  }
  return embeddedLanguageModel({ onPosition: timers.onWait, onTurn: timers.onTurn });
}
