import type { View } from "@/lib/monitoring/overview/contract";

type Changes = { [Name in keyof View]?: View[Name] | null };

/** The link to a view with something changed; null takes a field away. A page of a list is left out: it belongs to one list. */
export function viewHref(path: string, view: View, changes: Changes = {}): string {
  const fields = Object.entries({ ...view, cursor: undefined, ...changes }).filter(
    (field): field is [string, string] => field[1] !== undefined && field[1] !== null,
  );
  const named = fields.filter(([name, value]) => !(name === "range" && value === "24h"));
  return named.length === 0 ? path : `${path}?${new URLSearchParams(named)}`;
}
