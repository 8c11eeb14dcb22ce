import type { Metadata } from "next";
import { readerTimeZone } from "@/app/(workspace)/reader-time-zone";
import { UsageOfYear } from "@/components/monitoring/usage-of-year";
import { UsagePerson } from "@/components/monitoring/usage-person";
import { UsageSums } from "@/components/monitoring/usage-sums";
import { pageCaller } from "@/lib/auth/page-caller";
import { subjectChoices } from "@/lib/gateway/limits/subject-choices";
import { listUsage } from "@/lib/gateway/usage/list-usage";
import { usageYear } from "@/lib/monitoring/overview/usage-year";

export const metadata: Metadata = { title: "Usage" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const yearMs = 364 * 86_400_000;

/** What the reader's calls took in a year, day by day and model by model; an admin may choose anyone, or all. */
export default async function MonitoringUsagePage({ searchParams }: Props) {
  const caller = await pageCaller();
  const [timeZone, { user }] = [await readerTimeZone(), await searchParams];
  const people = caller.role === "admin" ? (await subjectChoices()).people : [];
  const all = caller.role === "admin" && user === "all";
  const chosen = all ? "all" : (people.find(({ id }) => id === user)?.id ?? caller.userId);
  const now = new Date();
  const from = new Date(now.getTime() - yearMs).toISOString().slice(0, 10);
  const [days, byModel] = await Promise.all([
    usageYear({ ownerId: all ? null : chosen, timeZone, now }),
    listUsage({ caller, from, groupBy: "model", limit: 100, ...(all ? { all } : { userId: chosen }) }),
  ]);
  const whose = new URLSearchParams({ from, ...(all ? { all: "true" } : chosen === caller.userId ? {} : { user_id: chosen }) });
  return (
    <>
      {caller.role === "admin" && <UsagePerson people={people} chosen={chosen} ownId={caller.userId} />}
      <UsageOfYear days={days} isFiltered={chosen !== caller.userId || caller.role === "admin"} userId={all ? null : chosen} />
      <UsageSums byModel={byModel.items} csvHref={`/api/v1/usage.csv?${whose}`} />
    </>
  );
}
