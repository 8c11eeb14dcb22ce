"use client";

import type { ReactElement } from "react";
import { HealthDot } from "@/components/models/health-dot";
import { chatModels, isUsable } from "@/components/models/model-facts";
import { useModels } from "@/components/models/models-context";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";

type Props = { trigger: ReactElement; except: string | undefined; onPick: (modelId: string) => void };

/** A menu of the models other than `except`, open from the start. */
export function OtherModelMenu({ trigger, except, onPick }: Props) {
  const { models } = useModels();
  const others = chatModels(models).filter(({ id }) => id !== except);
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-w-80">
        <DropdownMenuLabel>{others.length > 0 ? "Regenerate with" : "There is no other model"}</DropdownMenuLabel>
        {others.map((model) => (
          <DropdownMenuItem key={model.id} disabled={!isUsable(model)} onSelect={() => onPick(model.id)}>
            <HealthDot model={model} />
            <span className="truncate">{model.name}</span>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
