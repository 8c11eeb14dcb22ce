import { Button } from "@/components/ui/button";
import { fieldStyle } from "@/components/ui/input";
import { cn } from "@/lib/core/class-names";
import type { View } from "@/lib/monitoring/overview/contract";
import { outcomeNames, purposeNames } from "./call-words";

const field = cn(fieldStyle, "h-8 px-2 text-sm");

/** Narrows the list by what can be typed or chosen; what came with the link (a person, a key) stays. A plain form, so that its result is a link too. */
export function CallFilters({ path, view }: { path: string; view: View }) {
  const kept = (["range", "from", "to", "user", "key", "reason"] as const).filter((name) => view[name] !== undefined);
  return (
    <form
      key={JSON.stringify(view)}
      action={path}
      method="get"
      aria-label="Filter calls"
      className="flex flex-wrap items-end gap-3 text-sm"
    >
      {kept.map((name) => (
        <input key={name} type="hidden" name={name} value={view[name]} />
      ))}
      <label className="flex w-44 flex-col gap-1 text-xs text-muted-foreground">
        Model
        <input name="model" defaultValue={view.model} maxLength={500} autoComplete="off" className={field} />
      </label>
      <label className="flex w-36 flex-col gap-1 text-xs text-muted-foreground">
        Host
        <input name="host" defaultValue={view.host} maxLength={500} autoComplete="off" className={field} />
      </label>
      <Choice name="outcome" label="Outcome" value={view.outcome} choices={outcomeNames} />
      <Choice name="purpose" label="Purpose" value={view.purpose} choices={purposeNames} />
      <Button type="submit">Apply</Button>
    </form>
  );
}

function Choice({ name, label, value, choices }: { name: string; label: string; value?: string; choices: Record<string, string> }) {
  return (
    <label className="flex w-32 flex-col gap-1 text-xs text-muted-foreground">
      {label}
      <select name={name} defaultValue={value ?? ""} className={field}>
        <option value="">Any</option>
        {Object.entries(choices).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
