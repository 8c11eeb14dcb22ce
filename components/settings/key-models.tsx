"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { KeySelect } from "./key-select";

const choices = { all: "All models", some: "Only some" } as const;

/** Which models the key may use. */
export function KeyModels({ models }: { models: string[] }) {
  const [which, setWhich] = useState<keyof typeof choices>("all");
  return (
    <div className="flex flex-col gap-2">
      <KeySelect name="which" label="Models" choices={choices} initial="all" onChange={setWhich} />
      {which === "some" && (
        <fieldset className="max-h-40 overflow-y-auto rounded-md border border-input px-3 py-1.5">
          <legend className="sr-only">Models that it may use</legend>
          {models.length === 0 && <p className="text-sm text-muted-foreground">There is no model yet.</p>}
          {models.map((id) => (
            <Checkbox key={id} name="model" value={id} label={id} />
          ))}
        </fieldset>
      )}
    </div>
  );
}
