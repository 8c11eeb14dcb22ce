"use client";

import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/core/action-result";
import type { Group } from "@/lib/gateway/limits/contract";
import { RuleDialog } from "./rule-dialog";

type Values = { name: string; members: string[] };
type Props = {
  trigger: ReactNode;
  people: { id: string; name: string }[];
  group?: Group;
  save: (input: Values) => Promise<ActionResult<void>>;
};

/** The form of a group: its name, and who is in it. */
export function GroupDialog({ trigger, people, group, save }: Props) {
  return (
    <RuleDialog
      trigger={trigger}
      title={group ? `Group ${group.name}` : "Add a group"}
      description="Its limits and budgets hold for all of its members together."
      done="The group is saved."
      read={(form): Values => ({ name: String(form.get("name") ?? ""), members: form.getAll("members").map(String) })}
      save={save}
      fields={(faults) => (
        <>
          <Field id="name" label="Name" error={faults.name}>
            <Input
              id="name"
              name="name"
              required
              maxLength={100}
              defaultValue={group?.name}
              autoComplete="off"
              aria-invalid={faults.name !== undefined}
              aria-describedby={describedBy("name")}
            />
          </Field>
          <fieldset className="flex flex-col gap-1">
            <legend className="pb-1 text-sm font-medium">Members</legend>
            <div className="flex max-h-60 flex-col overflow-y-auto">
              {people.map(({ id, name }) => (
                <Checkbox key={id} name="members" value={id} label={name} defaultChecked={group?.members.includes(id)} />
              ))}
            </div>
          </fieldset>
        </>
      )}
    />
  );
}
