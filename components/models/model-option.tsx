"use client";

import { Check } from "lucide-react";
import { Dotted } from "@/components/ui/dotted";
import { menuItemStyle } from "@/components/ui/menu-style";
import { autoModelId } from "@/lib/core/auto-model-id";
import { cn } from "@/lib/core/class-names";
import type { Model } from "@/lib/gateway/contract";
import { HealthDot } from "./health-dot";
import { abilitiesOf, describeContext, describePrice, isUsable } from "./model-facts";

const autoDescription = "Chooses the model that suits each message";

type Props = { id: string; model: Model; isActive: boolean; isChosen: boolean; onPick: (modelId: string) => void };

/** A model to choose: its health, name, host, and what it can do. The focus stays in the search field. */
export function ModelOption({ id, model, isActive, isChosen, onPick }: Props) {
  const canPick = isUsable(model);
  const facts = model.id === autoModelId ? [autoDescription] : factsOf(model);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the focus and the keys (ARIA combobox pattern)
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-disabled={!canPick}
      onClick={() => canPick && onPick(model.id)}
      className={cn(menuItemStyle, "items-start", isActive && "bg-hover", !canPick && "cursor-default opacity-60 hover:bg-transparent")}
    >
      <span className="flex h-5 items-center">
        <HealthDot model={model} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate leading-5">{model.name}</span>
        <Dotted facts={facts.filter(Boolean).map((text) => ({ text }))} className="text-xs text-muted-foreground" />
      </span>
      {isChosen && <Check aria-hidden />}
    </div>
  );
}

function factsOf(model: Model) {
  const loaded = model.upstreams.some((host) => host.loaded);
  return [
    ...new Set(model.upstreams.map((host) => host.name)),
    describeContext(model.contextLength),
    ...abilitiesOf(model),
    describePrice(model),
    loaded && "In memory",
  ];
}
