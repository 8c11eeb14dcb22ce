import type { Metadata } from "next";
import { readerTimeZone } from "@/app/(workspace)/reader-time-zone";
import { LogFilters } from "@/components/monitoring/logs/log-filters";
import { LogTail } from "@/components/monitoring/logs/log-tail";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { env } from "@/lib/core/env";
import { logQuery } from "@/lib/monitoring/logs/contract";

export const metadata: Metadata = { title: "Logs" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What all processes log, as it is written. For admins. */
export default async function LogsPage({ searchParams }: Props) {
  await adminPageCaller();
  const query = logQuery.parse(await searchParams);
  const { LOG_LEVEL: level, HEARTH_LOGS_KEEP_DAYS: days } = env();
  return (
    <>
      <LogFilters query={query} />
      <LogTail key={JSON.stringify(query)} query={query} timeZone={await readerTimeZone()} />
      <p className="text-xs text-muted-foreground">
        Lines from level {level} on (LOG_LEVEL), for {days} {days === 1 ? "day" : "days"}. Single requests are logged at level debug.
      </p>
    </>
  );
}
