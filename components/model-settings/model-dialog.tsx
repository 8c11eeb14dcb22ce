"use client";

import Link from "next/link";
import { useState } from "react";
import { NumberField } from "@/components/limits/number-field";
import { RuleDialog } from "@/components/limits/rule-dialog";
import { KeySelect } from "@/components/settings/key-select";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { FallbackEditor, withFallback } from "./fallback-editor";
import type { ModelActions, ModelRow } from "./model-types";
import { allowancesOf, faultOf, streamings } from "./model-words";
import { PrewarmFields } from "./prewarm-fields";
import { readModelForm } from "./read-model-form";

type Props = { row: ModelRow; others: string[]; save: ModelActions["saveModel"] };

const visibilities = { everyone: "Everyone", admins: "Admins only" } as const;

/** The form of everything that can be set for a model. Each field says whether what it shows is saved or the default. */
export function ModelDialog({ row, others, save }: Props) {
  const { id } = row.model;
  const [fallbacks, setFallbacks] = useState(row.settings.fallbacks);
  return (
    <RuleDialog
      trigger={
        <Button size="sm" aria-label={`Settings of ${id}`} onClick={() => setFallbacks(row.settings.fallbacks)}>
          Settings
        </Button>
      }
      title={id}
      done={`The settings of ${id} are saved and hold from the next call on.`}
      // What was written and not added is meant too.
      read={(form) => ({
        modelId: id,
        fallbacks: withFallback(fallbacks, String(form.get("fallback") ?? "").trim()),
        ...readModelForm(form, row),
      })}
      save={save}
      fields={(faults) => (
        <>
          <FallbackEditor
            fallbacks={fallbacks}
            choices={others.filter((other) => other !== id)}
            source={row.sources.fallbacks}
            error={faultOf(faults, "fallbacks")}
            onChange={setFallbacks}
          />
          <Answering row={row} />
          {row.manages.streaming && <Streaming row={row} />}
          {row.manages.load && <Memory row={row} faults={faults} />}
          <Prices row={row} faults={faults} />
          <p className="text-sm text-muted-foreground">
            How much may be asked of it ({allowancesOf(row).join(", ") || "no limit"}) is set under{" "}
            <Link href="/settings/limits" className="text-link hover:underline">
              Limits and budgets
            </Link>
            .
          </p>
        </>
      )}
    />
  );
}

/** Whether what a field shows was saved. */
const sourceText = (source: "default" | "saved" | undefined) => (source === "saved" ? "Saved" : "Default");

function Answering({ row: { settings, sources } }: { row: ModelRow }) {
  return (
    <>
      <KeySelect
        name="visibleTo"
        label={`Who may use it (${sourceText(sources.visibleTo)})`}
        choices={visibilities}
        initial={settings.visibleTo}
      />
      <div>
        <Checkbox
          name="hedge"
          defaultChecked={settings.hedge}
          label="Ask a second host when the first is late"
          hint={`${sourceText(sources.hedge)}. Faster at the worst of times, and now and then paid for twice.`}
        />
        <Checkbox
          name="cacheAlways"
          defaultChecked={settings.cacheAlways}
          label="Keep every answer, and give it again to the same question"
          hint={`${sourceText(sources.cacheAlways)}. Otherwise only answers that would come out the same.`}
        />
      </div>
    </>
  );
}

function Streaming({ row: { settings, sources } }: { row: ModelRow }) {
  return (
    <div>
      <KeySelect
        name="streaming"
        label={`What its hosts are asked for (${sourceText(sources.streaming)})`}
        choices={streamings}
        initial={settings.streaming}
      />
      <p className="mt-1 text-sm text-muted-foreground">
        The whole takes less work, and suits hosts whose streams are faulty. But a host that hangs is then noticed only when the longest
        time of a reply is over. A host that refuses to stream is asked for the whole in any case.
      </p>
    </div>
  );
}

function Memory({ row: { settings, sources, model }, faults }: { row: ModelRow; faults: Record<string, string> }) {
  return (
    <>
      {model.id.startsWith("ollama/") && (
        <Field
          id="keepAlive"
          label="Stays in memory after a call"
          hint={`${sourceText(sources.keepAlive)}. As 30m or 24h, -1 for ever; empty, as its Ollama is set.`}
          error={faults.keepAlive}
        >
          <Input
            id="keepAlive"
            name="keepAlive"
            maxLength={8}
            autoComplete="off"
            defaultValue={settings.keepAlive ?? ""}
            aria-invalid={faults.keepAlive !== undefined}
            aria-describedby={describedBy("keepAlive")}
          />
        </Field>
      )}
      <PrewarmFields prewarm={settings.prewarm} source={sourceText(sources.prewarm)} faults={faults} />
    </>
  );
}

const prices = {
  inputUsdPerMTok: "US dollars for a million tokens in",
  cachedInputUsdPerMTok: "US dollars for a million cached tokens in",
  outputUsdPerMTok: "US dollars for a million tokens out",
  usdPerHour: "US dollars for an hour of its work",
} as const;

function Prices({ row: { settings, sources, listPrice, manages }, faults }: { row: ModelRow; faults: Record<string, string> }) {
  const names = (Object.keys(prices) as (keyof typeof prices)[]).filter((name) => name !== "usdPerHour" || manages.load);
  const listed = { inputUsdPerMTok: listPrice?.inputUsdPerMTok, outputUsdPerMTok: listPrice?.outputUsdPerMTok };
  return names.map((name) => {
    const known = listed[name as keyof typeof listed];
    return (
      <NumberField
        key={name}
        name={name}
        label={`${prices[name]} (${sources[name] === "saved" ? "Saved" : known === undefined ? "Default" : "List price"})`}
        min={0}
        step="any"
        max={1_000_000}
        placeholder={known === undefined ? "None" : String(known)}
        initial={settings[name]}
        error={faults[name]}
      />
    );
  });
}
