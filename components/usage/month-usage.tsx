import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { UsageRow } from "@/lib/gateway/usage/contract";
import { UsageTable } from "./usage-table";

type Props = { from: string; to: string; byModel: UsageRow[]; byDay: UsageRow[] };

/** What the reader's calls to models took this month, with all of it to download. */
export function MonthUsage({ from, to, byModel, byDay }: Props) {
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <CardTitle>This month</CardTitle>
          <CardDescription>Your calls to models, added up every minute. Days are UTC.</CardDescription>
        </div>
        <Button asChild>
          <a href={`/api/v1/usage.csv?from=${from}&to=${to}`} download>
            <Download aria-hidden />
            CSV
          </a>
        </Button>
      </div>
      {byDay.length === 0 ? (
        <p className="text-sm text-muted-foreground">No call to a model has been added up this month yet.</p>
      ) : (
        <>
          <UsageTable caption="By model" head="Model" rows={byModel} />
          <UsageTable caption="By day" head="Day" rows={byDay.toReversed()} />
        </>
      )}
    </Card>
  );
}
