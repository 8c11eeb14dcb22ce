"use client";

import { type ReactElement, useId } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Textarea } from "@/components/ui/textarea";
import { useWorkspace } from "@/components/workspace/workspace-context";
import type { ChatOptionsInput } from "@/lib/chat/shapes";
import { ParameterSlider } from "./parameter-slider";
import { countChanged, unsetParameters } from "./parameters";

type Props = { trigger: ReactElement; values: ChatOptionsInput; onChange: (changes: Partial<ChatOptionsInput>) => void };

const maxTokensLimit = 1_000_000;

/** The chat's parameters beside their button; open from the start. What is not set is left to the model. */
export function ParametersPopover({ trigger, values, onChange }: Props) {
  return (
    <Popover defaultOpen>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="Parameters of this chat" align="start" side="top" className="flex w-84 flex-col gap-4">
        <div className="flex h-7 items-center justify-between">
          <h2 className="font-medium">Parameters</h2>
          <Button size="sm" variant="quiet" disabled={countChanged(values) === 0} onClick={() => onChange(unsetParameters)}>
            Reset to defaults
          </Button>
        </div>
        <ParameterSlider
          label="Temperature"
          hint="Lower is more exact, higher more varied"
          max={2}
          initial={1}
          value={values.temperature}
          onChange={(temperature) => onChange({ temperature })}
        />
        <ParameterSlider
          label="Top-p"
          hint="How much of the likeliest words to choose from"
          max={1}
          initial={1}
          value={values.topP}
          onChange={(topP) => onChange({ topP })}
        />
        <MaxTokens value={values.maxTokens} onChange={(maxTokens) => onChange({ maxTokens })} />
        <SystemPrompt value={values.system} onChange={(system) => onChange({ system })} />
      </PopoverContent>
    </Popover>
  );
}

function MaxTokens({ value, onChange }: { value: number | undefined; onChange: (value: number | undefined) => void }) {
  const id = useId();
  const read = (text: string) => {
    const tokens = Math.round(Number(text));
    onChange(text.trim() === "" || !(tokens >= 1) ? undefined : Math.min(tokens, maxTokensLimit));
  };
  return (
    <Field id={id} label="Longest reply, in tokens">
      <Input
        id={id}
        type="number"
        inputMode="numeric"
        min={1}
        max={maxTokensLimit}
        placeholder="The model's own limit"
        value={value ?? ""}
        onChange={(event) => read(event.target.value)}
        className="h-8 text-sm"
      />
    </Field>
  );
}

function SystemPrompt({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const id = useId();
  const { maxMessageChars } = useWorkspace();
  return (
    <Field id={id} label="System prompt">
      <Textarea
        id={id}
        rows={4}
        maxLength={maxMessageChars}
        placeholder="How the model should behave in this chat"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || undefined)}
        className="max-h-56 text-sm"
      />
    </Field>
  );
}
