import { RowAction } from "@/components/settings/row-action";
import { Card, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import type { AlertSilence } from "@/lib/monitoring/alerts/contract";
import { momentText } from "../time-text";

type Props = { silences: AlertSilence[]; timeZone: string; drop: (input: { id: string }) => Promise<ActionResult<void>> };

/** What is told to nobody at the moment, until when and why. */
export function AlertSilences({ silences, timeZone, drop }: Props) {
  if (silences.length === 0) return null;
  return (
    <Card>
      <CardTitle>Silences</CardTitle>
      <ul aria-label="Silences" className="flex flex-col divide-y divide-border">
        {silences.map(({ id, ruleName, until, reason, createdBy }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
            <div className="min-w-0 flex-1 basis-56">
              <p className="text-sm font-medium break-words">{ruleName ?? "All rules"}</p>
              <p className="text-sm break-words text-muted-foreground">
                Until <time dateTime={until}>{momentText(until, timeZone)}</time>, by {createdBy}
                {reason && `: ${reason}`}
              </p>
            </div>
            <RowAction
              id={id}
              label="End"
              name={`End the silence of ${ruleName ?? "all rules"}`}
              run={drop}
              done="The silence has ended."
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
