"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { enteredOf, type NumberSetting, SettingField, type Sourced, savedText } from "@/components/settings/setting-field";
import { SettingsFormEnd } from "@/components/settings/settings-form-end";
import { useSubmit } from "@/components/settings/use-submit";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import type { CallLimitChanges, CallLimits as Limits } from "@/lib/gateway/limits/contract";

type Name = keyof Limits;
type Props = { limits: { [N in Name]: Sourced<number> }; save: (input: CallLimitChanges) => Promise<ActionResult<void>> };

const seconds = (label: string, variable: string, mostS = 86_400): NumberSetting => ({
  label: `${label}, in seconds`,
  variable: `HEARTH_${variable}_MS`,
  min: 0.1,
  max: mostS,
  step: 0.1,
});
const fields: Record<Name, NumberSetting> = {
  queueMax: { label: "Calls in line for one model", variable: "HEARTH_QUEUE_MAX", min: 0, max: 10_000 },
  queueTimeoutMs: seconds("Longest wait in line", "QUEUE_TIMEOUT", 3_600),
  connectTimeoutMs: seconds("Connection to a host", "CONNECT_TIMEOUT"),
  firstTokenTimeoutMs: seconds("First token of a loaded model", "FIRST_TOKEN_TIMEOUT"),
  coldLoadTimeoutMs: seconds("First token, with loading", "COLD_LOAD_TIMEOUT"),
  idleTimeoutMs: seconds("Silence in a reply", "IDLE_TIMEOUT"),
  replyTimeoutMs: seconds("Whole reply", "REPLY_TIMEOUT"),
  ollamaContextTokens: {
    label: "Context of Ollama’s models, in tokens",
    variable: "HEARTH_OLLAMA_CONTEXT_TOKENS",
    min: 512,
    max: 10_000_000,
  },
  modelIdleMs: seconds("Embedded model unloads after", "MODEL_IDLE"),
};
const names = Object.keys(fields) as Name[];

/** How long calls to models may wait and take, and how many may wait, each with where its value comes from. */
export function CallLimits({ limits, save }: Props) {
  const { submit, isBusy, problem } = useSubmit(save);
  const change = async (entered: (name: Name) => number | null) => {
    // What the environment decides is not sent, so that what was saved below it stays.
    const changeable = names.filter((name) => limits[name].source !== "environment");
    if (await submit(Object.fromEntries(changeable.map((name) => [name, entered(name)]))))
      toast.success("The limits of calls are changed.");
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void change((name) => enteredOf(limits[name], Math.round(Number(form.get(name)) * scaleOf(name))));
  };
  return (
    <Card aria-label="Calls to models">
      <div>
        <CardTitle>Calls to models</CardTitle>
        <CardDescription>
          How many calls may wait for a place at a model’s hosts, and how long each step of a call may take before another host is tried, or
          the reply ends. A change takes effect with the next call.
        </CardDescription>
      </div>
      <form method="post" onSubmit={send} className="flex flex-col gap-4">
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(14rem,100%),1fr))] gap-4">
          {names.map((name) => (
            <SettingField key={name} name={name} setting={shown(name, limits[name])} error={problem?.fields[name]} {...fields[name]} />
          ))}
        </div>
        <SettingsFormEnd
          problem={problem && names.every((name) => !problem.fields[name]) ? problem.detail : undefined}
          isBusy={isBusy}
          saved={names.flatMap((name) => savedText(fields[name].label, shown(name, limits[name])))}
          onReset={() => void change(() => null)}
        />
      </form>
    </Card>
  );
}

/** How many of the stored unit are one of the shown: milliseconds are shown as seconds. */
const scaleOf = (name: Name) => (name.endsWith("Ms") ? 1_000 : 1);

const shown = (name: Name, { value, source }: Sourced<number>): Sourced<number> => ({ value: value / scaleOf(name), source });
