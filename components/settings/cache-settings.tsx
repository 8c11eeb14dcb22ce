"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import type { ActionResult } from "@/lib/core/action-result";
import type { CacheSettings as Settings } from "@/lib/gateway/cache/contract";
import { KeySelect } from "./key-select";
import { enteredOf, type NumberSetting, SettingField, type Sourced, savedText, sourceNames } from "./setting-field";
import { SettingsFormEnd } from "./settings-form-end";
import { useSubmit } from "./use-submit";

type NumberName = Exclude<keyof Settings, "embeddingModel">;
export type SourcedSettings = Record<NumberName, Sourced<number>> & { embeddingModel: Sourced<string | null> };

const fields: Record<NumberName, NumberSetting> = {
  cacheTtlS: { label: "Lifetime of an answer, in seconds", variable: "HEARTH_CACHE_TTL_S", min: 1, max: 31_536_000 },
  cacheMaxMb: { label: "Size in MB; 0 switches the cache off", variable: "HEARTH_CACHE_MAX_MB", min: 0, max: 10_000 },
  similarity: { label: "Similar questions: least likeness, 0.5 to 1", min: 0.5, max: 1, step: 0.01 },
};
const numbers = Object.keys(fields) as NumberName[];
const modelLabel = "Similar questions: model that compares them";
/** What stands for no model in the list, whose values may not be empty. */
const firstModel = "first";

type Props = {
  settings: SourcedSettings;
  /** Those that make embeddings, by their ids. */
  embeddingModels: string[];
  save: (input: Settings) => Promise<ActionResult<void>>;
};

/** How large the answer cache may be, how long an answer is given again and to which questions, each with where its value comes from. */
export function CacheSettings({ settings, embeddingModels, save }: Props) {
  const { submit, isBusy, problem } = useSubmit(save);
  const change = async (entered: (name: NumberName) => number | null, embeddingModel: string | null) => {
    // What the environment decides is not sent, so that what was saved below it stays.
    const changeable = numbers.filter((name) => settings[name].source !== "environment");
    const changes: Settings = { ...Object.fromEntries(changeable.map((name) => [name, entered(name)])), embeddingModel };
    if (await submit(changes)) toast.success("The answer cache is changed.");
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const model = String(form.get("embeddingModel"));
    void change((name) => enteredOf(settings[name], Number(form.get(name))), model === firstModel ? null : model);
  };
  const chosenModel = settings.embeddingModel.value;
  const models = new Set([...(chosenModel ? [chosenModel] : []), ...embeddingModels]);
  const choices: Record<string, string> = { [firstModel]: "The first that is able to" };
  for (const id of models) choices[id] = id;
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-4">
        {numbers.map((name) => (
          <SettingField key={name} name={name} setting={settings[name]} error={problem?.fields[name]} {...fields[name]} />
        ))}
        <div className="flex min-w-0 flex-1 basis-56 flex-col items-stretch gap-1.5">
          <KeySelect key={chosenModel} name="embeddingModel" label={modelLabel} choices={choices} initial={chosenModel ?? firstModel} />
          <p className="text-sm">
            <Badge>{sourceNames[settings.embeddingModel.source]}</Badge>
          </p>
        </div>
      </div>
      <SettingsFormEnd
        problem={problem && numbers.every((name) => !problem.fields[name]) ? problem.detail : undefined}
        isBusy={isBusy}
        saved={[
          ...numbers.flatMap((name) => savedText(fields[name].label, settings[name])),
          ...savedText(modelLabel, settings.embeddingModel),
        ]}
        onReset={() => void change(() => null, null)}
      />
    </form>
  );
}
