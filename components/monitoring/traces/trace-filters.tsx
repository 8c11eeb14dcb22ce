import { Button } from "@/components/ui/button";
import { fieldStyle } from "@/components/ui/input";
import { cn } from "@/lib/core/class-names";
import type { TraceView } from "@/lib/monitoring/spans/contract";
import { kindNames, statusNames } from "./span-words";

const field = cn(fieldStyle, "h-8 px-2 text-sm");
const label = "flex flex-col gap-1 text-xs text-muted-foreground";

type Props = {
  path: string;
  view: TraceView;
  /** Whose traces may be looked at; none for those who see only their own. */
  people: { id: string; name: string }[];
};

/** Narrows the list of traces. A plain form, so that its result is a link too. */
export function TraceFilters({ path, view, people }: Props) {
  const kept = (["range", "from", "to"] as const).filter((name) => view[name] !== undefined);
  const { status, kind, user } = view;
  return (
    <form
      key={JSON.stringify(view)}
      action={path}
      method="get"
      aria-label="Filter traces"
      className="flex flex-wrap items-end gap-3 text-sm"
    >
      {kept.map((name) => (
        <input key={name} type="hidden" name={name} value={view[name]} />
      ))}
      <label className={cn(label, "w-48")}>
        Text
        <input name="text" type="search" defaultValue={view.text} maxLength={200} autoComplete="off" className={field} />
      </label>
      <label className={cn(label, "w-44")}>
        Model
        <input name="model" defaultValue={view.model} maxLength={500} autoComplete="off" className={field} />
      </label>
      <Choice name="status" label="Status" value={status} choices={Object.entries(statusNames)} />
      <Choice name="kind" label="With a" value={kind} choices={Object.entries(kindNames)} />
      {people.length > 0 && <Choice name="user" label="Person" value={user} choices={people.map(({ id, name }) => [id, name])} />}
      <Button type="submit">Apply</Button>
    </form>
  );
}

type ChoiceProps = { name: string; label: string; value?: string; choices: [key: string, text: string][] };

function Choice({ name, label: text, value, choices }: ChoiceProps) {
  return (
    <label className={cn(label, "w-32")}>
      {text}
      <select name={name} defaultValue={value ?? ""} className={field}>
        <option value="">Any</option>
        {choices.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
