import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import { UsageTable } from "@/components/usage/usage-table";
import type { UsageRow } from "@/lib/gateway/usage/contract";

/** The year model by model, with all of it to download. */
export function UsageSums({ byModel, csvHref }: { byModel: UsageRow[]; csvHref: string }) {
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <CardTitle>Models</CardTitle>
          <CardDescription>The same year, added up every minute. Here and in the CSV, days are UTC.</CardDescription>
        </div>
        <Button asChild>
          <a href={csvHref} download>
            <Download aria-hidden />
            CSV
          </a>
        </Button>
      </div>
      {byModel.length === 0 ? (
        <p className="text-sm text-muted-foreground">Nothing has been added up yet.</p>
      ) : (
        <UsageTable caption="By model" head="Model" rows={byModel} />
      )}
    </Card>
  );
}
