"use client";

import { Check } from "lucide-react";
import { menuItemStyle } from "@/components/ui/menu-style";
import { cn } from "@/lib/core/class-names";
import type { Model } from "@/lib/gateway/contract";
import { HealthDot } from "./health-dot";
import { abilitiesOf, describeContext, describePrice, isUsable } from "./model-facts";

type Props = { id: string; model: Model; isActive: boolean; isChosen: boolean; onPick: (modelId: string) => void };

/** A model to choose: its health, name, host, and what it can do. The focus stays in the search field. */
export function ModelOption({ id, model, isActive, isChosen, onPick }: Props) {
  const canPick = isUsable(model);
  const loaded = model.upstreams.some((host) => host.loaded);
  const facts = [
    ...new Set(model.upstreams.map((host) => host.name)),
    describeContext(model.contextLength),
    ...abilitiesOf(model),
    describePrice(model),
    loaded && "In memory",
  ];
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
        <span className="flex flex-wrap gap-x-1 text-xs text-muted-foreground">
          {facts.filter(Boolean).map((fact) => (
            <span key={String(fact)} className="not-last:after:ml-1 not-last:after:content-['·']">
              {fact}
            </span>
          ))}
        </span>
      </span>
      {isChosen && <Check aria-hidden />}
    </div>
  );
}
