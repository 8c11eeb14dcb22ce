"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import type { ActionResult } from "@/lib/core/action-result";
import type { RouteKind, RoutePreference, RoutingSettings } from "@/lib/gateway/routing/contract";
import { KeySelect } from "./key-select";
import { kindWords, preferenceWords, sourceWords } from "./routing-words";
import { SettingsFormEnd } from "./settings-form-end";
import { useSubmit } from "./use-submit";

type Sourced<Value> = { value: Value; source: keyof typeof sourceWords };
export type SourcedRouting = { preference: Sourced<RoutePreference>; rules: Sourced<{ kind: RouteKind; model: string }[]> };

const kinds = Object.keys(kindWords) as RouteKind[];
/** What stands for no rule in the list, whose values may not be empty. */
const noRule = "weighed";

type Props = { settings: SourcedRouting; models: string[]; save: (input: RoutingSettings) => Promise<ActionResult<void>> };

/** What `auto` prefers, and for each kind of request the model it goes to whatever is preferred. */
export function RoutingForm({ settings: { preference, rules }, models, save }: Props) {
  const { submit, isBusy, problem } = useSubmit(save);
  const isSet = preference.source === "environment";
  const change = async (input: RoutingSettings) => {
    if (await submit(input)) toast.success("The routing is changed.");
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const ruled = kinds.flatMap((kind) => {
      const model = String(form.get(`rule-${kind}`));
      return model === noRule ? [] : [{ kind, model }];
    });
    // What the environment decides is not sent, so that what was saved below it stays.
    const chosen = isSet ? {} : { routePreference: preferenceOf(form, preference) };
    void change({ ...chosen, routeRules: ruled.length > 0 ? ruled : null });
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
          {kinds.map((kind) => (
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
        onReset={
          [preference, rules].some(({ source }) => source === "saved")
            ? () => void change({ routePreference: null, routeRules: null })
            : undefined
        }
      />
    </form>
  );
}

function Source({ source }: { source: keyof typeof sourceWords }) {
  if (source !== "environment") return <Badge>{sourceWords[source]}</Badge>;
  return <p className="text-xs text-muted-foreground">HEARTH_ROUTE_PREFERENCE sets it. Unset the variable to change it here.</p>;
}

/** What to save: nothing while it shows the default. */
function preferenceOf(form: FormData, { value, source }: Sourced<RoutePreference>): RoutePreference | null {
  const entered = String(form.get("preference")) as RoutePreference;
  return source === "default" && entered === value ? null : entered;
}

/** A model of a rule stays a choice when its host is away. */
function choicesOf(models: string[], chosen: string | undefined): Record<string, string> {
  const ids = new Set([...(chosen ? [chosen] : []), ...models]);
  return { [noRule]: "Decided each time", ...Object.fromEntries([...ids].map((id) => [id, id])) };
}
