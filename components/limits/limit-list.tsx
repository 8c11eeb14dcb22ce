import { RowAction } from "@/components/settings/row-action";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/core/action-result";
import type { Limit, SubjectChoices } from "@/lib/gateway/limits/contract";
import { AddButton } from "./add-button";
import { LimitDialog, type SaveLimit } from "./limit-dialog";
import { ratesText } from "./limit-words";
import { RuleCard } from "./rule-card";
import { RuleRow } from "./rule-row";

type Props = { limits: Limit[]; choices: SubjectChoices; save: SaveLimit; drop: (input: { id: string }) => Promise<ActionResult<void>> };

/** How many calls to models may be made in a minute and at once. */
export function LimitList({ limits, choices, save, drop }: Props) {
  return (
    <RuleCard
      title="Limits"
      description="Calls to models in a minute and at once. A limit for everyone counts each user separately; any other is shared by all that it applies to."
      add={<LimitDialog trigger={<AddButton>Add limits</AddButton>} choices={choices} save={save} />}
      empty="There are no limits but the one on chat messages."
      rows={limits.map((limit) => (
        <RuleRow key={limit.id} rule={limit} actions={<Actions limit={limit} choices={choices} save={save} drop={drop} />}>
          <p className="text-sm text-muted-foreground">{ratesText(limit)}</p>
        </RuleRow>
      ))}
    />
  );
}

function Actions({ limit, choices, save, drop }: { limit: Limit } & Omit<Props, "limits">) {
  const ask = {
    title: `Delete the limits of ${limit.subjectName}?`,
    description: `From then on there is no limit of ${ratesText(limit)}.`,
  };
  return (
    <>
      <LimitDialog trigger={<Button size="sm">Edit</Button>} choices={choices} limit={limit} save={save} />
      <RowAction id={limit.id} label="Delete" run={drop} done="The limits are deleted." ask={ask} />
    </>
  );
}
