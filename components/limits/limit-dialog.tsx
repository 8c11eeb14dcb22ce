"use client";

import type { ReactNode } from "react";
import type { ActionResult } from "@/lib/core/action-result";
import type { Limit, NewLimit, SubjectChoices } from "@/lib/gateway/limits/contract";
import { NumberField, numberIn } from "./number-field";
import { RuleDialog } from "./rule-dialog";
import { SubjectFields } from "./subject-fields";

export type SaveLimit = (input: NewLimit) => Promise<ActionResult<void>>;

type Props = { trigger: ReactNode; choices: SubjectChoices; limit?: Limit; save: SaveLimit };

/** The form of a limit: a new one, or the values of one that is there. */
export function LimitDialog({ trigger, choices, limit, save }: Props) {
  const read = (form: FormData): NewLimit => ({
    subjectKind: limit?.subjectKind ?? (String(form.get("subjectKind")) as NewLimit["subjectKind"]),
    subjectId: limit ? limit.subjectId : String(form.get("subjectId") ?? "") || null,
    requestsPerMinute: numberIn(form, "requestsPerMinute"),
    tokensPerMinute: numberIn(form, "tokensPerMinute"),
    parallel: numberIn(form, "parallel"),
  });
  return (
    <RuleDialog
      trigger={trigger}
      title={limit ? `Limits of ${limit.subjectName}` : "Add limits"}
      description={limit ? undefined : "Earlier limits for the same person, group, key or model are replaced."}
      done="The limits are saved and hold from the next call on."
      read={read}
      save={save}
      fields={(faults) => (
        <>
          {!limit && <SubjectFields choices={choices} error={faults.subjectId} />}
          <NumberField
            name="requestsPerMinute"
            label="Requests a minute"
            max={1_000_000}
            initial={limit?.requestsPerMinute}
            error={faults.requestsPerMinute}
          />
          <NumberField
            name="tokensPerMinute"
            label="Tokens a minute"
            max={1_000_000_000}
            initial={limit?.tokensPerMinute}
            error={faults.tokensPerMinute}
          />
          <NumberField name="parallel" label="Calls at once" max={10_000} initial={limit?.parallel} error={faults.parallel} />
        </>
      )}
    />
  );
}
