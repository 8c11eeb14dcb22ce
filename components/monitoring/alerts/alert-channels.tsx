import { RowAction } from "@/components/settings/row-action";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import type { AlertChannel } from "@/lib/monitoring/alerts/contract";
import { AddChannel } from "./add-channel";
import { TestChannel } from "./test-channel";

type Props = {
  channels: AlertChannel[];
  add: (input: { name: string; url: string }) => Promise<ActionResult<{ secret: string }>>;
  test: (input: { id: string }) => Promise<ActionResult<{ error: string | null }>>;
  drop: (input: { id: string }) => Promise<ActionResult<void>>;
};

const states: Record<string, { tone: "success" | "warning" | "danger"; text: string }> = {
  delivered: { tone: "success", text: "Last one delivered" },
  waiting: { tone: "warning", text: "Being delivered" },
  failed: { tone: "danger", text: "Last one failed" },
};

/** The webhooks that get each alert's beginning and end. */
export function AlertChannels({ channels, add, test, drop }: Props) {
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <CardTitle>Webhooks</CardTitle>
          <CardDescription>Each gets an alert's beginning and end as JSON, signed.</CardDescription>
        </div>
        <AddChannel add={add} />
      </div>
      {channels.length === 0 && <p className="text-sm text-muted-foreground">Alerts are shown here and nowhere else.</p>}
      <ul aria-label="Webhooks" className="flex flex-col divide-y divide-border">
        {channels.map(({ id, name, origin, last }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
                <span className="break-words">{name}</span>
                {last && <Badge tone={states[last.state]?.tone}>{states[last.state]?.text}</Badge>}
              </p>
              <p className="text-sm break-all text-muted-foreground">{last?.error ? `${origin} · ${last.error}` : origin}</p>
            </div>
            <div className="flex gap-2">
              <TestChannel id={id} name={name} test={test} />
              <RowAction id={id} label="Remove" name={`Remove ${name}`} run={drop} done="The webhook is removed." />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
