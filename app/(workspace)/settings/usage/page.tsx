import type { Metadata } from "next";
import { OwnLimits } from "@/components/limits/own-limits";
import { MonthUsage } from "@/components/usage/month-usage";
import { pageCaller } from "@/lib/auth/page-caller";
import { ownAllowance } from "@/lib/gateway/limits/own-allowance";
import { listUsage } from "@/lib/gateway/usage/list-usage";

export const metadata: Metadata = { title: "Usage" };

/** What the reader's calls took this month, and what is left of their budgets. */
export default async function UsagePage() {
  const caller = await pageCaller();
  const to = new Date().toISOString().slice(0, 10);
  const month = { caller, from: `${to.slice(0, 7)}-01`, to, limit: 100 };
  const [byModel, byDay, allowance] = await Promise.all([
    listUsage({ ...month, groupBy: "model" }),
    listUsage({ ...month, groupBy: "day" }),
    ownAllowance(caller),
  ]);
  return (
    <>
      <MonthUsage from={month.from} to={to} byModel={byModel.items} byDay={byDay.items} />
      <OwnLimits {...allowance} />
    </>
  );
}
