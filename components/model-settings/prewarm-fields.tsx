import { Checkbox } from "@/components/ui/checkbox";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ModelSettingsInput } from "@/lib/gateway/models/contract";
import { faultOf, weekDays } from "./model-words";

type Props = { prewarm: ModelSettingsInput["prewarm"]; source: string; faults: Record<string, string> };

/** When a model is loaded ahead of use: times of day, and the days they hold for. */
export function PrewarmFields({ prewarm, source, faults }: Props) {
  const fault = faultOf(faults, "prewarm");
  return (
    <>
      <Field
        id="times"
        label="Load it ahead of use at"
        hint={`${source}. As 08:00, 13:30 by the server’s clock; empty, it is loaded with its first call.`}
        error={fault}
      >
        <Input
          id="times"
          name="times"
          maxLength={200}
          autoComplete="off"
          defaultValue={prewarm?.times.join(", ") ?? ""}
          aria-invalid={fault !== undefined}
          aria-describedby={describedBy("times")}
        />
      </Field>
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="sr-only">On these days</legend>
        {weekDays.map(({ day, name }) => (
          <Checkbox
            key={day}
            name="day"
            value={day}
            label={name}
            defaultChecked={prewarm ? prewarm.days.includes(day) : day !== 0 && day !== 6}
          />
        ))}
      </fieldset>
    </>
  );
}
