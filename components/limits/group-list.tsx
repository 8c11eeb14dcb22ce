"use client";

import { RowAction } from "@/components/settings/row-action";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/core/action-result";
import type { Group } from "@/lib/gateway/limits/contract";
import { AddButton } from "./add-button";
import { GroupDialog } from "./group-dialog";
import { RuleCard } from "./rule-card";

type Done = Promise<ActionResult<void>>;
type Values = { name: string; members: string[] };
type Props = {
  groups: Group[];
  people: { id: string; name: string }[];
  add: (input: Values) => Done;
  save: (input: Values & { id: string }) => Done;
  drop: (input: { id: string }) => Done;
};

/** Groups of people, for limits and budgets that they share. */
export function GroupList({ groups, people, add, save, drop }: Props) {
  return (
    <RuleCard
      title="Groups"
      description="People who share limits and budgets."
      add={<GroupDialog trigger={<AddButton>Add group</AddButton>} people={people} save={add} />}
      empty="There is no group yet."
      rows={groups.map((group) => (
        <li key={group.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
          <div className="min-w-0 flex-1 basis-56">
            <p className="text-sm font-medium break-words">{group.name}</p>
            <p className="text-sm break-words text-muted-foreground">{membersText(group, people)}</p>
          </div>
          <div className="flex gap-2">
            <GroupDialog
              trigger={<Button size="sm">Edit</Button>}
              people={people}
              group={group}
              save={(values) => save({ id: group.id, ...values })}
            />
            <RowAction
              id={group.id}
              label="Delete"
              run={drop}
              done={`${group.name} is deleted.`}
              ask={{ title: `Delete ${group.name}?`, description: "Its limits and budgets are deleted with it. Its members stay." }}
            />
          </div>
        </li>
      ))}
    />
  );
}

function membersText({ members }: Group, people: { id: string; name: string }[]): string {
  const names = people.filter(({ id }) => members.includes(id)).map(({ name }) => name);
  if (names.length === 0) return "Nobody yet";
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}
