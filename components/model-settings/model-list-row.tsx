"use client";

import { toast } from "sonner";
import { api } from "@/components/api/api";
import { outcomeOf } from "@/components/api/outcome";
import { HealthDot } from "@/components/models/health-dot";
import { RowAction } from "@/components/settings/row-action";
import { useSubmit } from "@/components/settings/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { deleteModel, loadModel } from "@/lib/gateway/models/contract";
import { DetailsDialog } from "./details-dialog";
import { ModelDialog } from "./model-dialog";
import type { ModelActions, ModelRow } from "./model-types";
import { factsOf, settingsOf } from "./model-words";

type Props = { row: ModelRow; others: string[]; actions: ModelActions };

/** One model: its facts, what is set for it, and what can be done with it. */
export function ModelListRow({ row, others, actions }: Props) {
  const { model, settings, manages } = row;
  const { id } = model;
  const set = settingsOf(row);
  const ask = {
    title: `Delete ${model.name}?`,
    description: `It is deleted from the disk of ${model.upstreams.map(({ name }) => name).join(" and ")}, and has to be downloaded again to be used. Chats stay.`,
  };
  const remove = () => outcomeOf(api<typeof deleteModel>("DELETE", `/api/v1/models/${encodeURIComponent(id)}`));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex gap-2 text-sm font-medium">
          <span className="flex h-5 items-center">
            <HealthDot model={model} />
          </span>
          <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 break-words">{id}</span>
            {settings.visibleTo === "admins" && <Badge tone="accent">Admins only</Badge>}
          </p>
        </div>
        <p className="text-sm break-words text-muted-foreground">{factsOf(row).join(" · ")}</p>
        {set.length > 0 && <p className="text-sm break-words text-muted-foreground">Saved: {set.join(" · ")}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {manages.load && <LoadButton id={id} />}
        <DetailsDialog id={id} />
        <ModelDialog row={row} others={others} save={actions.saveModel} />
        {manages.remove && (
          <RowAction id={id} label="Delete" name={`Delete ${id}`} run={remove} done={`${model.name} is deleted.`} ask={ask} />
        )}
      </div>
    </li>
  );
}

function LoadButton({ id }: { id: string }) {
  const { submit, isBusy } = useSubmit(async () => {
    const result = await outcomeOf(api<typeof loadModel>("POST", "/api/v1/models/load", { body: { modelId: id } }));
    for (const { upstream, ok, error } of result.ok ? result.value.hosts : [])
      ok ? toast.success(`${id} is in the memory of ${upstream}.`) : toast.error(error);
    return result;
  }, toast.error);
  return (
    <Button size="sm" aria-label={`Load ${id} now`} disabled={isBusy} onClick={() => void submit(undefined)}>
      {isBusy ? "Loading…" : "Load now"}
    </Button>
  );
}
