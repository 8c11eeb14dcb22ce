"use client";

import type { FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Disclosure } from "@/components/ui/disclosure";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { KeyLimitFields } from "./key-limit-fields";
import { KeyModels } from "./key-models";
import { KeyScopes } from "./key-scopes";
import { KeySelect } from "./key-select";
import type { KeyActions } from "./key-types";
import { lifetimes, readKeyForm } from "./read-key-form";
import { useSubmit } from "./use-submit";

type Props = { make: KeyActions["makeKey"]; models: string[]; isAdmin: boolean; onMade: (key: string) => void };

/** What a new key is called, what it may do, for how long, and how much of it. */
export function KeyForm({ make, models, isAdmin, onMade }: Props) {
  const { submit, isBusy, problem } = useSubmit(async (form: FormData) => {
    const result = await make(readKeyForm(form, new Date()));
    if (result.ok) onMade(result.value.key);
    return result;
  });
  const { name: nameFault, ...faults } = problem?.fields ?? {};
  const others = Object.values(faults);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void submit(new FormData(event.currentTarget));
  };
  return (
    <form method="post" className="flex flex-col gap-4" onSubmit={send}>
      <Field id="name" label="Name" hint="What uses it, as in “Backup script”." error={nameFault}>
        <Input
          id="name"
          name="name"
          required
          maxLength={100}
          autoComplete="off"
          aria-invalid={nameFault !== undefined}
          aria-describedby={describedBy("name")}
        />
      </Field>
      <KeyScopes isAdmin={isAdmin} />
      <KeyModels models={models} />
      <KeySelect name="lifetime" label="Works for" choices={lifetimes} initial="90" />
      <Disclosure summary="Limits and cache">
        <KeyLimitFields />
      </Disclosure>
      {problem && !nameFault && (
        <Banner tone="danger" role="alert">
          {others.length > 0 ? others.join(" ") : problem.detail}
        </Banner>
      )}
      <DialogActions>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? "Creating…" : "Create key"}
        </Button>
      </DialogActions>
    </form>
  );
}
