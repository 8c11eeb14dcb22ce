"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import type { ActionResult } from "@/lib/core/action-result";
import type { RouteKind, RoutingSettings } from "@/lib/gateway/routing/contract";
import { KeySelect } from "./key-select";
import { noRule, readRoutingForm, routeKinds, routingDefaults, type SourcedRouting, savedRouting } from "./routing-changes";
import { kindWords, preferenceWords, sourceWords } from "./routing-words";
import { SettingsFormEnd } from "./settings-form-end";
import { useSubmit } from "./use-submit";

type Props = { settings: SourcedRouting; models: string[]; save: (input: RoutingSettings) => Promise<ActionResult<void>> };

/** What `auto` prefers, and for each kind of request the model it goes to whatever is preferred. */
export function RoutingForm({ settings, models, save }: Props) {
  const { preference, rules } = settings;
  const { submit, isBusy, problem } = useSubmit(save);
  const isSet = preference.source === "environment";
  const change = async (input: RoutingSettings) => {
    if (await submit(input)) toast.success("The routing is changed.");
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void change(readRoutingForm(new FormData(event.currentTarget), settings));
  };
  const modelOf = (kind: RouteKind) => rules.value.find((rule) => rule.kind === kind)?.model;
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      <div className="flex max-w-sm flex-col items-start gap-1.5 *:first:w-full">
        {isSet ? (
          <p className="text-sm">{preferenceWords[preference.value]}</p>
        ) : (
          <KeySelect name="preference" label="Preference" choices={preferenceWords} initial={preference.value} />
        )}
        <Source source={preference.source} />
      </div>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 flex items-center gap-2 text-sm font-medium">
          Rules <Badge>{sourceWords[rules.source]}</Badge>
        </legend>
        <div className="grid gap-4 sm:grid-cols-2">
          {routeKinds.map((kind) => (
            <KeySelect
              key={kind}
              name={`rule-${kind}`}
              label={kindWords[kind]}
              choices={choicesOf(models, modelOf(kind))}
              initial={modelOf(kind) ?? noRule}
            />
          ))}
        </div>
      </fieldset>
      <SettingsFormEnd
        problem={problem?.detail}
        isBusy={isBusy}
        saved={savedRouting(settings)}
        onReset={() => void change(routingDefaults(settings))}
      />
    </form>
  );
}

function Source({ source }: { source: keyof typeof sourceWords }) {
  if (source !== "environment") return <Badge>{sourceWords[source]}</Badge>;
  return <p className="text-xs text-muted-foreground">HEARTH_ROUTE_PREFERENCE sets it. Unset the variable to change it here.</p>;
}

/** A model of a rule stays a choice when its host is away. */
function choicesOf(models: string[], chosen: string | undefined): Record<string, string> {
  const ids = new Set([...(chosen ? [chosen] : []), ...models]);
  return { [noRule]: "Decided each time", ...Object.fromEntries([...ids].map((id) => [id, id])) };
}
