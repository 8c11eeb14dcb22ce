"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { HealthDot } from "./health-dot";
import { ModelSearch } from "./model-search";
import { useModels } from "./models-context";

type Props = { modelId: string | null; onPick: (modelId: string) => void };

/** Shows which model answers, and opens the list to pick another. */
export function ModelPicker({ modelId, onPick }: Props) {
  const { models, refresh } = useModels();
  const [isOpen, setIsOpen] = useState(false);
  const model = models.find(({ id }) => id === modelId);
  const name = model?.name ?? modelId ?? "No model yet";
  const open = (next: boolean) => {
    setIsOpen(next);
    if (next) void refresh();
  };
  const pick = (id: string) => {
    onPick(id);
    setIsOpen(false);
  };
  return (
    <Popover open={isOpen} onOpenChange={open}>
      <PopoverTrigger asChild>
        <Button variant="quiet" size="md" aria-label={`Model: ${name}`} className="min-w-0 shrink px-2">
          {model && <HealthDot model={model} />}
          <span className="truncate">{name}</span>
          <ChevronDown aria-hidden className="size-3.5!" />
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Choose a model" align="start" side="top" className="flex w-88 flex-col overflow-hidden p-0">
        <ModelSearch models={models} modelId={modelId} onPick={pick} />
      </PopoverContent>
    </Popover>
  );
}
