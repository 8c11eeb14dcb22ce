import type { View } from "@/lib/monitoring/overview/contract";

/** What a page shows, as its link holds it: a range of time, and whatever else the page can be narrowed by. */
export type LinkedView = Pick<View, "range" | "from" | "to"> & { [name: string]: string | undefined };

/** The link to a view with something changed; null takes a field away. A page of a list is left out: it belongs to one list. */
export function viewHref<V extends LinkedView>(path: string, view: V, changes: { [Name in keyof V]?: V[Name] | null } = {}): string {
  const changed: { [name: string]: string | null | undefined } = { ...view, cursor: undefined, ...changes };
  const fields = Object.entries(changed).filter((field): field is [string, string] => field[1] !== undefined && field[1] !== null);
  const named = fields.filter(([name, value]) => !(name === "range" && value === "24h"));
  return named.length === 0 ? path : `${path}?${new URLSearchParams(named)}`;
}
