import { type AuditView, auditActions, auditKinds } from "@/lib/monitoring/audit/contract";
import { FilterChoice, FilterForm, FilterOptions, FilterWords } from "../filter-form";
import { viewHref } from "../view-href";

const names = ["actor", "action", "target", "text", "outcome"] as const;
const kept = ["range", "from", "to"] as const;
const outcomes = [
  ["done", "Done"],
  ["refused", "Refused"],
] as const;

type Props = { path: string; view: AuditView; actors: { id: string; name: string }[] };

/** Narrows the events. */
export function AuditFilters({ path, view, actors }: Props) {
  const isNarrowed = names.some((name) => view[name] !== undefined);
  const cleared = viewHref(path, view, Object.fromEntries(names.map((name) => [name, null])));
  return (
    <FilterForm label="Filter events" path={path} view={view} kept={kept} clearHref={isNarrowed ? cleared : undefined}>
      <FilterChoice name="actor" label="Who" value={view.actor}>
        <FilterOptions choices={actors.map(({ id, name }) => [id, name] as const)} />
      </FilterChoice>
      <FilterChoice name="action" label="What" value={view.action}>
        {Object.entries(auditKinds).map(([kind, title]) => (
          <optgroup key={kind} label={title}>
            <FilterOptions choices={[[kind, `${title}: all`], ...actionsOf(kind)]} />
          </optgroup>
        ))}
      </FilterChoice>
      <FilterWords name="target" label="To what" value={view.target} />
      <FilterWords name="text" label="Text" value={view.text} />
      <FilterChoice name="outcome" label="Outcome" value={view.outcome}>
        <FilterOptions choices={outcomes} />
      </FilterChoice>
    </FilterForm>
  );
}

const actionsOf = (kind: string) => Object.entries(auditActions).filter(([action]) => action.startsWith(`${kind}.`));
