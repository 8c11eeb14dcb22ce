"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/core/action-result";
import type { CacheSettings as Settings } from "@/lib/gateway/cache/contract";
import { KeySelect } from "./key-select";
import { type FormProblem, useSubmit } from "./use-submit";

type NumberName = Exclude<keyof Settings, "embeddingModel">;
type Sourced<Value> = { value: Value; source: "default" | "environment" | "saved" };
export type SourcedSettings = Record<NumberName, Sourced<number>> & { embeddingModel: Sourced<string | null> };

const sources = { default: "Default", environment: "Environment", saved: "Saved" };
const fields: Record<NumberName, { label: string; variable?: string; min: number; max: number; step?: number }> = {
  cacheTtlS: { label: "Lifetime of an answer, in seconds", variable: "HEARTH_CACHE_TTL_S", min: 1, max: 31_536_000 },
  cacheMaxMb: { label: "Size in MB; 0 switches the cache off", variable: "HEARTH_CACHE_MAX_MB", min: 0, max: 10_000 },
  similarity: { label: "Similar questions: least likeness, 0.5 to 1", min: 0.5, max: 1, step: 0.01 },
};
const numbers = Object.keys(fields) as NumberName[];
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
    void change((name) => chosen(settings[name], Number(form.get(name))), model === firstModel ? null : model);
  };
  const chosenModel = settings.embeddingModel.value;
  const models = new Set([...(chosenModel ? [chosenModel] : []), ...embeddingModels]);
  const choices: Record<string, string> = { [firstModel]: "The first that is able to" };
  for (const id of models) choices[id] = id;
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-4">
        {numbers.map((name) => (
          <SettingField key={`${name} ${settings[name].value}`} name={name} setting={settings[name]} problem={problem} />
        ))}
        <div className="flex min-w-0 flex-1 basis-56 flex-col items-stretch gap-1.5">
          <KeySelect
            key={chosenModel}
            name="embeddingModel"
            label="Similar questions: model that compares them"
            choices={choices}
            initial={chosenModel ?? firstModel}
          />
          <p className="text-sm">
            <Badge>{sources[settings.embeddingModel.source]}</Badge>
          </p>
        </div>
      </div>
      {problem && numbers.every((name) => !problem.fields[name]) && (
        <p role="alert" className="text-sm text-destructive">
          {problem.detail}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" disabled={isBusy}>
          Save
        </Button>
        {Object.values(settings).some(({ source }) => source === "saved") && (
          <Button variant="quiet" disabled={isBusy} onClick={() => void change(() => null, null)}>
            Use the defaults
          </Button>
        )}
      </div>
    </form>
  );
}

/** What to save of a field: nothing while it shows the default. */
function chosen({ value, source }: Sourced<number>, entered: number): number | null {
  return source === "default" && entered === value ? null : entered;
}

type SettingProps = { name: NumberName; setting: Sourced<number>; problem: FormProblem | null };

function SettingField({ name, setting: { value, source }, problem }: SettingProps) {
  const { label, variable, min, max, step } = fields[name];
  const hint = source === "environment" ? `${variable} sets it. Unset the variable to change it here.` : <Badge>{sources[source]}</Badge>;
  return (
    <div className="min-w-0 flex-1 basis-56">
      <Field id={name} label={label} hint={hint} error={problem?.fields[name]}>
        <Input
          id={name}
          name={name}
          type="number"
          min={min}
          max={max}
          step={step}
          required
          defaultValue={value}
          disabled={source === "environment"}
          aria-invalid={problem?.fields[name] !== undefined}
          aria-describedby={describedBy(name)}
          className="max-w-40"
        />
      </Field>
    </div>
  );
}
