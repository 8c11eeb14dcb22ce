"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { FallbackList, moveButtonId } from "./fallback-list";
import { moveItem } from "./move-item";

type Props = {
  fallbacks: string[];
  /** Ids to choose from; others may be written. */
  choices: string[];
  source: "default" | "saved" | undefined;
  error?: string;
  onChange: (fallbacks: string[]) => void;
};

/** A chain with one more at its end, unless that is nothing, or there already. */
export const withFallback = (fallbacks: string[], id: string): string[] =>
  id === "" || fallbacks.includes(id) ? fallbacks : [...fallbacks, id];

/** The models that answer, in this order, when one cannot: added, taken out and moved by mouse or keyboard. */
export function FallbackEditor({ fallbacks, choices, source, error, onChange }: Props) {
  const [wanted, setWanted] = useState("");
  const [said, setSaid] = useState("");
  const add = () => {
    const id = wanted.trim();
    onChange(withFallback(fallbacks, id));
    setWanted("");
    setSaid(id ? `${id} is added as number ${fallbacks.length + 1}.` : "");
  };
  const move = (id: string, by: -1 | 1) => {
    const moved = moveItem(fallbacks, id, by);
    const place = moved.indexOf(id);
    // Browsers take the focus from what is moved in the page; it stays with the model, on a button that can still be pressed.
    flushSync(() => onChange(moved));
    const isAtEnd = by < 0 ? place === 0 : place === moved.length - 1;
    document.getElementById(moveButtonId(id, by < 0 === isAtEnd ? "down" : "up"))?.focus();
    setSaid(`${id} is now number ${place + 1} of ${moved.length}.`);
  };
  const remove = (id: string) => {
    flushSync(() => onChange(fallbacks.filter((other) => other !== id)));
    document.getElementById("fallback")?.focus();
    setSaid(`${id} is taken out.`);
  };
  return (
    <div className="flex flex-col gap-2">
      <Field
        id="fallback"
        label="Falls back to"
        hint={`${source === "saved" ? "Saved" : "Default"}. When it cannot answer, these are asked in their order.`}
        error={error}
      >
        <div className="flex gap-2">
          <Input
            id="fallback"
            name="fallback"
            list="fallback-choices"
            maxLength={300}
            autoComplete="off"
            placeholder={choices[0]}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
            aria-describedby={describedBy("fallback")}
          />
          <Button size="lg" disabled={wanted.trim() === ""} onClick={add}>
            Add
          </Button>
        </div>
      </Field>
      <datalist id="fallback-choices">
        {choices
          .filter((id) => !fallbacks.includes(id))
          .map((id) => (
            <option key={id} value={id} />
          ))}
      </datalist>
      {fallbacks.length > 0 && <FallbackList fallbacks={fallbacks} onMove={move} onRemove={remove} />}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}
