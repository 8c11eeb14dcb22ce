"use client";

import { type ReactElement, useEffect, useState } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ModelSearch } from "./model-search";
import { useModels } from "./models-context";

type Props = { trigger: ReactElement; modelId: string | null; onPick: (modelId: string) => void };

/** The list of models beside its button; open from the start. Each opening asks the hosts anew. */
export function ModelPopover({ trigger, modelId, onPick }: Props) {
  const { models, refresh } = useModels();
  const [isOpen, setIsOpen] = useState(true);
  useEffect(() => {
    if (isOpen) void refresh();
  }, [isOpen, refresh]);
  const pick = (id: string) => {
    onPick(id);
    setIsOpen(false);
  };
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="Choose a model" align="start" side="top" className="flex w-88 flex-col overflow-hidden p-0">
        <ModelSearch models={models} modelId={modelId} onPick={pick} />
      </PopoverContent>
    </Popover>
  );
}
