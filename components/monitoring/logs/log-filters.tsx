import type { LogQuery } from "@/lib/monitoring/logs/contract";
import { FilterChoice, FilterForm, FilterOptions, FilterWords } from "../filter-form";

const path = "/monitoring/logs";
const levelChoices = [
  ["debug", "Debug and above"],
  ["info", "Info and above"],
  ["warn", "Warnings and errors"],
  ["error", "Errors"],
] as const;

/** Narrows the lines. */
export function LogFilters({ query }: { query: LogQuery }) {
  const isNarrowed = Object.values(query).some((value) => value !== undefined);
  return (
    <FilterForm label="Filter log lines" path={path} view={query} clearHref={isNarrowed ? path : undefined}>
      <FilterChoice name="level" label="Level" value={query.level} any="All">
        <FilterOptions choices={levelChoices} />
      </FilterChoice>
      <FilterWords name="text" label="Text" value={query.text} />
      <FilterWords name="request" label="Request id" value={query.request} />
      <FilterWords name="user" label="Person (email or id)" value={query.user} />
      <FilterWords name="run" label="Run id" value={query.run} />
    </FilterForm>
  );
}
