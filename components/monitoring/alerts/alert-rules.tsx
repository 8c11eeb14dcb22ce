import { AddButton } from "@/components/limits/add-button";
import { RowAction } from "@/components/settings/row-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import type { AlertRule } from "@/lib/monitoring/alerts/contract";
import { AlertRuleDialog, type SaveAlertRule } from "./alert-rule-dialog";
import { ruleText } from "./alert-words";
import { type SilenceAlerts, SilenceDialog } from "./silence-dialog";

type Props = {
  rules: AlertRule[];
  save: SaveAlertRule;
  silence: SilenceAlerts;
  drop: (input: { id: string }) => Promise<ActionResult<void>>;
};

/** Every rule, what it says, and what can be done with it. */
export function AlertRules({ rules, save, silence, drop }: Props) {
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <CardTitle>Rules</CardTitle>
          <CardDescription>Looked at all the time, by one of Hearth’s processes.</CardDescription>
        </div>
        <AlertRuleDialog trigger={<AddButton>Add a rule</AddButton>} save={save} />
      </div>
      <ul aria-label="Alert rules" className="flex flex-col divide-y divide-border">
        {rules.map((rule) => (
          <li key={rule.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
                <span className="break-words">{rule.name}</span>
                {!rule.enabled && <Badge>Off</Badge>}
              </p>
              <p className="text-sm text-muted-foreground">{ruleText(rule)}</p>
            </div>
            <div className="flex flex-wrap gap-2">
              <AlertRuleDialog
                rule={rule}
                save={save}
                trigger={
                  <Button size="sm" aria-label={`Change ${rule.name}`}>
                    Change
                  </Button>
                }
              />
              <SilenceDialog rule={rule} silence={silence} />
              {!rule.isShipped && (
                <RowAction
                  id={rule.id}
                  label="Remove"
                  name={`Remove ${rule.name}`}
                  run={drop}
                  done="The rule is removed."
                  ask={{ title: `Remove ${rule.name}?`, description: "What it has raised is over, and stays in the history." }}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
