"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { KeySelect } from "./key-select";

type Props = {
  /** Of the boxes; `which-` and it is the choice between all and some. */
  name: "model" | "upstream";
  label: "Models" | "Hosts";
  values: string[];
};

/** Which models or hosts the key may use: all of them, or those that are ticked. */
export function KeyAllowlist({ name, label, values }: Props) {
  const [which, setWhich] = useState<"all" | "some">("all");
  const noun = label.toLowerCase();
  return (
    <div className="flex flex-col gap-2">
      <KeySelect
        name={`which-${name}`}
        label={label}
        choices={{ all: `All ${noun}`, some: "Only some" }}
        initial="all"
        onChange={setWhich}
      />
      {which === "some" && (
        <fieldset className="max-h-40 overflow-y-auto rounded-md border border-input px-3 py-1.5">
          <legend className="sr-only">{label} that it may use</legend>
          {values.length === 0 && <p className="text-sm text-muted-foreground">There are no {noun} yet.</p>}
          {values.map((value) => (
            <Checkbox key={value} name={name} value={value} label={value} />
          ))}
        </fieldset>
      )}
    </div>
  );
}
