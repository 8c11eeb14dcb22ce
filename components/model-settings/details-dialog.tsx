"use client";

import { useState } from "react";
import { api } from "@/components/api/api";
import { outcomeOf } from "@/components/api/outcome";
import { sizeText } from "@/components/models/size-text";
import { useSubmit } from "@/components/settings/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Disclosure } from "@/components/ui/disclosure";
import { Skeleton } from "@/components/ui/skeleton";
import type { getModelDetails } from "@/lib/gateway/models/contract";

type ModelFacts = NonNullable<Awaited<ReturnType<typeof detailsOf>>["facts"]>;

/** What a model's host tells of it, asked when it is opened. */
export function DetailsDialog({ id }: { id: string }) {
  const [facts, setFacts] = useState<ModelFacts | null>();
  const { submit, problem } = useSubmit(async () => {
    const result = await outcomeOf(detailsOf(id));
    if (result.ok) setFacts(result.value.facts);
    return result;
  });
  return (
    <Dialog onOpenChange={(isOpen) => isOpen && void submit(undefined)}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Details of ${id}`}>
          Details
        </Button>
      </DialogTrigger>
      <DialogContent title={id} className="max-w-xl">
        {problem && (
          <Banner tone="danger" role="alert">
            {problem.detail}
          </Banner>
        )}
        {!problem && facts === undefined && <Skeleton className="h-24 w-full" />}
        {facts === null && <p className="text-sm text-muted-foreground">Its host tells no more about it than the list shows.</p>}
        {facts && <Facts facts={facts} />}
      </DialogContent>
    </Dialog>
  );
}

function detailsOf(id: string) {
  return api<typeof getModelDetails>("GET", `/api/v1/models/${encodeURIComponent(id)}`);
}

function Facts({ facts }: { facts: ModelFacts }) {
  const rows = [
    ["Host", facts.upstream],
    ["Size on disk", facts.sizeBytes === null ? null : sizeText(facts.sizeBytes)],
    ["Family", facts.family],
    ["Parameters", facts.parameterSize],
    ["Quantisation", facts.quantization],
    ["Format", facts.format],
    ["Changed", facts.modifiedAt?.slice(0, 10) ?? null],
  ].filter((row): row is [string, string] => row[1] !== null);
  const texts = [
    ["Parameters of the file", facts.parameters],
    ["Template", facts.template],
    ["Licence", facts.licence],
  ].filter((row): row is [string, string] => row[1] !== null);
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      {texts.map(([name, text]) => (
        <Disclosure key={name} summary={name}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre tabIndex={0} className="mt-2 max-h-60 overflow-auto rounded-md bg-muted p-3 text-xs whitespace-pre-wrap">
            {text}
          </pre>
        </Disclosure>
      ))}
    </>
  );
}
