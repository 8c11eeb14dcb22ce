import type { BudgetRow } from "@/db/queries/budgets";

type Kind = BudgetRow["period"];

/** The day (UTC) on which a budget's present period began, as `2026-07-01`. */
export function periodStart(period: Kind, now: Date): string {
  const day = now.toISOString().slice(0, 10);
  return period === "day" ? day : `${day.slice(0, 7)}-01`;
}

/** When a budget's present period ends (UTC). */
export function periodEnd(period: Kind, now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return new Date(period === "day" ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1));
}
