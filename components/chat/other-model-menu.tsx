"use client";

import { ChevronDown } from "lucide-react";
import { HealthDot } from "@/components/models/health-dot";
import { chatModels, isUsable } from "@/components/models/model-facts";
import { useModels } from "@/components/models/models-context";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";
import { SmallAction } from "./small-action";

/** A menu of models, open from the start and gone once closed. */
export function OtherModelMenu({ onPick, onClose }: { onPick: (modelId: string) => void; onClose: () => void }) {
  const { models } = useModels();
  return (
    <DropdownMenu defaultOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DropdownMenuTrigger asChild>
        <SmallAction label="Regenerate with another model" className="-ml-1 w-5">
          <ChevronDown aria-hidden className="size-3.5!" />
        </SmallAction>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-w-80">
        <DropdownMenuLabel>Regenerate with</DropdownMenuLabel>
        {chatModels(models).map((model) => (
          <DropdownMenuItem key={model.id} disabled={!isUsable(model)} onSelect={() => onPick(model.id)}>
            <HealthDot model={model} />
            <span className="truncate">{model.name}</span>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
