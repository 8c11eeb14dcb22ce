const rules = new Intl.PluralRules("en", { type: "ordinal" });
const endings: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };

/** Where a reply stands in the line for its model, from 1. */
export function describePlace(position: number): string {
  return `Waiting for a free place: ${position}${endings[rules.select(position)]} in line`;
}
