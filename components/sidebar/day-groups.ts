import type { Conversation } from "@/lib/chat/shapes";

export type DayGroup = { label: string; items: Conversation[] };

/** The day of a moment in a time zone, as in 2026-11-21. */
export function dayOf(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(moment);
}

/**
 * Conversations by the day they were last used, in the reader's time zone. Pinned ones come first.
 * @param items newest first
 * @param today the reader's day, as `dayOf` gives it
 */
export function groupByDay(items: Conversation[], today: string, timeZone: string): DayGroup[] {
  const groups = new Map<string, Conversation[]>();
  const add = (label: string, item: Conversation) => groups.set(label, [...(groups.get(label) ?? []), item]);
  for (const item of items) if (item.pinned) add("Pinned", item);
  for (const item of items) if (!item.pinned) add(labelOf(dayOf(new Date(item.updatedAt), timeZone), today), item);
  return [...groups].map(([label, grouped]) => ({ label, items: grouped }));
}

function labelOf(day: string, today: string): string {
  const daysAgo = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  if (daysAgo <= 0) return "Today";
  if (daysAgo === 1) return "Yesterday";
  if (daysAgo <= 7) return "Previous 7 days";
  if (daysAgo <= 30) return "Previous 30 days";
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: sameYear ? undefined : "numeric", timeZone: "UTC" }).format(new Date(day));
}
