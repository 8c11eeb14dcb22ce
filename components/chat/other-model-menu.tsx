"use client";

import type { ReactElement } from "react";
import { HealthDot } from "@/components/models/health-dot";
import { chatModels, isUsable } from "@/components/models/model-facts";
import { useModels } from "@/components/models/models-context";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";

/** A menu of models; open from the start. */
export function OtherModelMenu({ trigger, onPick }: { trigger: ReactElement; onPick: (modelId: string) => void }) {
  const { models } = useModels();
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
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
