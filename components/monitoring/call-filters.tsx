import type { View } from "@/lib/monitoring/overview/contract";
import { outcomeNames, purposeNames } from "./call-words";
import { FilterChoice, FilterForm, FilterOptions, FilterWords } from "./filter-form";

const kept = ["range", "from", "to", "user", "key", "reason"] as const;

/** Narrows the list of calls; what came with the link (a person, a key) stays. */
export function CallFilters({ path, view }: { path: string; view: View }) {
  return (
    <FilterForm label="Filter calls" path={path} view={view} kept={kept}>
      <FilterWords name="model" label="Model" value={view.model} maxLength={500} />
      <FilterWords name="host" label="Host" value={view.host} maxLength={500} />
      <FilterChoice name="outcome" label="Outcome" value={view.outcome}>
        <FilterOptions choices={Object.entries(outcomeNames)} />
      </FilterChoice>
      <FilterChoice name="purpose" label="Purpose" value={view.purpose}>
        <FilterOptions choices={Object.entries(purposeNames)} />
      </FilterChoice>
    </FilterForm>
  );
}
