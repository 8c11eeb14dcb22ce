import { useCallback, useRef, useState } from "react";
import { useModels } from "@/components/models/models-context";
import { savePreference } from "@/components/workspace/preference-cookie";
import { useWorkspace } from "@/components/workspace/workspace-context";
import type { ChatOptionsInput } from "@/lib/chat/shapes";

/** How replies of this chat are made. */
export type ChatOptionsState = {
  values: ChatOptionsInput;
  /** The model that answers: the chat's own, else the one picked last on this device, else the first usable. */
  modelId: string | null;
  change: (changes: Partial<ChatOptionsInput>) => void;
  /** The options as a request carries them; with `model` instead of the chat's for this once. */
  forRequest: (model?: string) => ChatOptionsInput;
};

/** The options of a chat. They travel with each message, and the server keeps them. */
export function useChatOptions(initial: ChatOptionsInput | undefined): ChatOptionsState {
  const { preferredModelId } = useWorkspace();
  const { models, fallbackModelId } = useModels();
  const [values, setValues] = useState<ChatOptionsInput>(initial ?? {});
  const preferred = models.some((model) => model.id === preferredModelId) ? preferredModelId : null;
  const modelId = values.model ?? preferred ?? fallbackModelId;

  const latest = useRef({ values, modelId });
  latest.current = { values, modelId };
  const change = useCallback((changes: Partial<ChatOptionsInput>) => {
    if (changes.model) savePreference("model", changes.model);
    setValues((old) => withoutUnset({ ...old, ...changes }));
  }, []);
  const forRequest = useCallback((model?: string) => {
    const { values: chosen, modelId: own } = latest.current;
    return withoutUnset({ ...chosen, model: model ?? own ?? undefined });
  }, []);
  return { values, modelId, change, forRequest };
}

function withoutUnset(options: ChatOptionsInput): ChatOptionsInput {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as ChatOptionsInput;
}
