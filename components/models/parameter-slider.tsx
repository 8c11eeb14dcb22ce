"use client";

import { RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Slider } from "@/components/ui/slider";

type Props = {
  label: string;
  hint: string;
  max: number;
  /** Where the thumb stands while the model decides. */
  initial: number;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
};

/** A parameter from 0 to `max` in steps of 0.05, which may be left to the model. */
export function ParameterSlider({ label, hint, max, initial, value, onChange }: Props) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex h-6 items-center gap-1">
        <span className="flex-1 font-medium">{label}</span>
        <span className="text-muted-foreground tabular-nums">{value === undefined ? "Default" : value.toFixed(2)}</span>
        {value !== undefined && (
          <Button
            variant="quiet"
            aria-label={`Reset ${label}`}
            title={`Reset ${label}`}
            className="size-6 px-0 [&_svg]:size-3.5"
            onClick={() => onChange(undefined)}
          >
            <RotateCcw aria-hidden />
          </Button>
        )}
      </div>
      <Slider
        label={label}
        min={0}
        max={max}
        step={0.05}
        value={value ?? initial}
        onValueChange={(next) => onChange(Math.round(next * 100) / 100)}
        className={value === undefined ? "opacity-70" : undefined}
      />
      <p className="text-xs text-muted-foreground">{hint}</p>
    </div>
  );
}
