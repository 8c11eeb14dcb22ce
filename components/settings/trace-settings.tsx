"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import type { TraceSettings as Settings, TraceSettingChanges } from "@/lib/monitoring/spans/contract";
import { KeySelect } from "./key-select";
import { enteredOf, SettingField, type Sourced, savedText, sourceNames } from "./setting-field";
import { SettingsFormEnd } from "./settings-form-end";
import { useSubmit } from "./use-submit";

type Props = {
  settings: { [Name in keyof Settings]: Sourced<Settings[Name]> };
  /** False where the environment switches recording off. */
  isOn: boolean;
  save: (input: TraceSettingChanges) => Promise<ActionResult<void>>;
};

const contentLabel = "Whose words are kept";
const contents = { off: "Nobody’s", admins: "Admins’ own", on: "Everyone’s" };
const keepDays = { label: "Days that traces are kept", variable: "HEARTH_TRACE_KEEP_DAYS", min: 1, max: 3_650 };

/** Whose words traces keep and for how many days, each with where its value comes from. */
export function TraceSettings({ settings: { traceContent, traceKeepDays }, isOn, save }: Props) {
  const { submit, isBusy, problem } = useSubmit(save);
  const change = async (changes: TraceSettingChanges) => {
    // What the environment decides is not sent, so that what was saved below it stays.
    const { traceContent: content, traceKeepDays: days } = changes;
    const sent = {
      ...(traceContent.source !== "environment" && { traceContent: content }),
      ...(traceKeepDays.source !== "environment" && { traceKeepDays: days }),
    };
    if (await submit(sent)) toast.success("The settings of traces are changed.");
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const content = form.get("traceContent") as Settings["traceContent"] | null;
    const isStillDefault = traceContent.source === "default" && content === traceContent.value;
    void change({
      traceContent: isStillDefault ? null : content,
      traceKeepDays: enteredOf(traceKeepDays, Number(form.get("traceKeepDays"))),
    });
  };
  return (
    <Card aria-label="Traces">
      <div>
        <CardTitle>Traces</CardTitle>
        <CardDescription>
          {isOn
            ? "What each reply and each call to a model did, step by step. The words that models and tools were given and answered are kept only where you say so."
            : "HEARTH_TRACES switches recording off. Unset the variable to record again."}
        </CardDescription>
      </div>
      <form method="post" onSubmit={send} className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-4">
          <Content {...traceContent} />
          <SettingField name="traceKeepDays" setting={traceKeepDays} error={problem?.fields.traceKeepDays} {...keepDays} />
        </div>
        <SettingsFormEnd
          problem={problem && !problem.fields.traceKeepDays ? problem.detail : undefined}
          isBusy={isBusy}
          saved={[
            ...savedText(contentLabel, { ...traceContent, value: contents[traceContent.value] }),
            ...savedText(keepDays.label, traceKeepDays),
          ]}
          onReset={() => void change({ traceContent: null, traceKeepDays: null })}
        />
      </form>
    </Card>
  );
}

/** The choice of whose words are kept; what the environment sets cannot be changed here. */
function Content({ value, source }: Sourced<Settings["traceContent"]>) {
  return (
    <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1.5 text-sm">
      {source === "environment" ? (
        <>
          <p className="font-medium">
            {contentLabel}: {contents[value]}
          </p>
          <p className="text-muted-foreground">HEARTH_TRACE_CONTENT sets it. Unset the variable to change it here.</p>
        </>
      ) : (
        <>
          <KeySelect key={value} name="traceContent" label={contentLabel} choices={contents} initial={value} />
          <p>
            <Badge>{sourceNames[source]}</Badge>
          </p>
        </>
      )}
    </div>
  );
}
