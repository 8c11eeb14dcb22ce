"use client";

import { ChevronDown } from "lucide-react";
import { lazy } from "react";
import { Button } from "@/components/ui/button";
import { LazyPopup } from "@/components/ui/lazy-popup";
import { HealthDot } from "./health-dot";
import { useModels } from "./models-context";

const load = () => import("./model-popover").then(({ ModelPopover }) => ({ default: ModelPopover }));
const ModelPopover = lazy(load);

type Props = { modelId: string | null; onPick: (modelId: string) => void };

/** Shows which model answers, and opens the list to pick another. */
export function ModelPicker({ modelId, onPick }: Props) {
  const { models } = useModels();
  const model = models.find(({ id }) => id === modelId);
  const name = model?.name ?? modelId ?? "No model yet";
  const trigger = (
    <Button variant="quiet" aria-label={`Model: ${name}`} className="min-w-0 shrink px-2">
      {model && <HealthDot model={model} />}
      <span className="truncate">{name}</span>
      <ChevronDown aria-hidden className="size-3.5!" />
    </Button>
  );
  return (
    <LazyPopup trigger={trigger} kind="dialog" preload={load}>
      <ModelPopover trigger={trigger} modelId={modelId} onPick={onPick} />
    </LazyPopup>
  );
}
