import { RowAction } from "@/components/settings/row-action";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import type { AlertChannel } from "@/lib/monitoring/alerts/contract";
import { type AddAlertChannel, AddChannel } from "./add-channel";
import { TestChannel } from "./test-channel";

type Props = {
  channels: AlertChannel[];
  canMail: boolean;
  add: AddAlertChannel;
  test: (input: { id: string }) => Promise<ActionResult<{ error: string | null }>>;
  drop: (input: { id: string }) => Promise<ActionResult<void>>;
};

const states: Record<string, { tone: "success" | "warning" | "danger"; text: string }> = {
  delivered: { tone: "success", text: "Last one delivered" },
  waiting: { tone: "warning", text: "Being delivered" },
  failed: { tone: "danger", text: "Last one failed" },
};

/** Where each alert's beginning and end is sent. */
export function AlertChannels({ channels, canMail, add, test, drop }: Props) {
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <CardTitle>Channels</CardTitle>
          <CardDescription>
            Each gets an alert's beginning and end; a webhook as signed JSON.
            {!canMail && " Set HEARTH_SMTP_URL and HEARTH_SMTP_FROM to send e-mail."}
          </CardDescription>
        </div>
        <div className="flex flex-wrap gap-2">
          <AddChannel kind="webhook" add={add} />
          {canMail && <AddChannel kind="email" add={add} />}
        </div>
      </div>
      {channels.length === 0 && <p className="text-sm text-muted-foreground">Alerts are shown here and nowhere else.</p>}
      <ul aria-label="Channels" className="flex flex-col divide-y divide-border">
        {channels.map(({ id, name, address, last }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
                <span className="break-words">{name}</span>
                {last && <Badge tone={states[last.state]?.tone}>{states[last.state]?.text}</Badge>}
              </p>
              <p className="text-sm break-all text-muted-foreground">{last?.error ? `${address} · ${last.error}` : address}</p>
            </div>
            <div className="flex gap-2">
              <TestChannel id={id} name={name} test={test} />
              <RowAction id={id} label="Remove" name={`Remove ${name}`} run={drop} done="The channel is removed." />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
