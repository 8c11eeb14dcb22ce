import { RowAction } from "@/components/settings/row-action";
import { Badge } from "@/components/ui/badge";
import { Card, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import type { Alert } from "@/lib/monitoring/alerts/contract";
import { momentText } from "../time-text";
import { alertText } from "./alert-words";

type Props = { alerts: Alert[]; timeZone: string; acknowledge: (input: { id: string }) => Promise<ActionResult<void>> };

/** What fires now, or will unless it passes. */
export function ActiveAlerts({ alerts, timeZone, acknowledge }: Props) {
  return (
    <Card>
      <CardTitle>Now</CardTitle>
      {alerts.length === 0 && <p className="text-sm text-muted-foreground">Nothing fires.</p>}
      <ul aria-label="Alerts now" className="flex flex-col divide-y divide-border">
        {alerts.map((alert) => (
          <li key={alert.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
                {alert.state === "firing" ? <Badge tone="danger">Firing</Badge> : <Badge tone="warning">Pending</Badge>}
                <span className="break-words">{alert.label ? `${alert.ruleName}: ${alert.label}` : alert.ruleName}</span>
              </p>
              <p className="text-sm text-muted-foreground">
                {alertText(alert)} · since <time dateTime={alert.startedAt}>{momentText(alert.startedAt, timeZone)}</time>
                {alert.acknowledgedBy && ` · seen by ${alert.acknowledgedBy}`}
              </p>
            </div>
            {alert.state === "firing" && !alert.acknowledgedBy && (
              <RowAction id={alert.id} label="Acknowledge" run={acknowledge} done="Noted that you have seen it." />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
