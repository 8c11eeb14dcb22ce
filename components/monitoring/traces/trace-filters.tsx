import type { TraceView } from "@/lib/monitoring/spans/contract";
import { FilterChoice, FilterForm, FilterOptions, FilterWords } from "../filter-form";
import { kindNames, statusNames } from "./span-words";

const kept = ["range", "from", "to"] as const;

type Props = {
  path: string;
  view: TraceView;
  /** Whose traces may be looked at; none for those who see only their own. */
  people: { id: string; name: string }[];
};

/** Narrows the list of traces. */
export function TraceFilters({ path, view, people }: Props) {
  return (
    <FilterForm label="Filter traces" path={path} view={view} kept={kept}>
      <FilterWords name="text" label="Text" value={view.text} />
      <FilterWords name="model" label="Model" value={view.model} maxLength={500} />
      <FilterChoice name="status" label="Status" value={view.status}>
        <FilterOptions choices={Object.entries(statusNames)} />
      </FilterChoice>
      <FilterChoice name="kind" label="With a" value={view.kind}>
        <FilterOptions choices={Object.entries(kindNames)} />
      </FilterChoice>
      {people.length > 0 && (
        <FilterChoice name="user" label="Person" value={view.user}>
          <FilterOptions choices={people.map(({ id, name }) => [id, name] as const)} />
        </FilterChoice>
      )}
    </FilterForm>
  );
}
