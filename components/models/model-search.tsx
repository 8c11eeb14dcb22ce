"use client";

import { type KeyboardEvent, useId, useState } from "react";
import type { Model } from "@/lib/gateway/contract";
import { DownHosts } from "./down-hosts";
import { chatModels, isUsable, searchModels } from "./model-facts";
import { ModelOption } from "./model-option";

type Props = { models: Model[]; modelId: string | null; onPick: (modelId: string) => void };

/** A search field over the list of models it filters: arrows move, Enter picks. */
export function ModelSearch({ models, modelId, onPick }: Props) {
  const [query, setQuery] = useState("");
  const [activeId, setActiveId] = useState(modelId);
  const listId = useId();
  const found = searchModels(chatModels(models), query);
  const pickable = found.filter(isUsable);
  const active = pickable.find(({ id }) => id === activeId) ?? pickable[0];
  const move = (step: number) => {
    const index = active ? pickable.indexOf(active) : -1;
    const next = pickable[(index + step + pickable.length) % pickable.length];
    setActiveId(next?.id ?? null);
    document.getElementById(`${listId}-${next?.id}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step) move(step);
    else if (event.key === "Enter" && active) onPick(active.id);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        role="combobox"
        aria-label="Search models"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
        placeholder="Search models"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
        className="focus-inset h-10 shrink-0 border-b border-border bg-transparent px-3.5 text-sm outline-none"
      />
      <div id={listId} role="listbox" aria-label="Models" className="max-h-80 min-h-0 overflow-y-auto p-1">
        {found.map((model) => (
          <ModelOption
            key={model.id}
            id={`${listId}-${model.id}`}
            model={model}
            isActive={model === active}
            isChosen={model.id === modelId}
            onPick={onPick}
          />
        ))}
      </div>
      {found.length === 0 && (
        <p className="px-3.5 pb-3 text-sm text-muted-foreground">{query ? "No model matches." : "There is no model yet."}</p>
      )}
      <DownHosts />
    </>
  );
}
