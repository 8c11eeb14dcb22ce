"use client";

import type { FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Disclosure } from "@/components/ui/disclosure";
import { KeyAllowlist } from "./key-allowlist";
import { KeyCacheFields } from "./key-cache-fields";
import { KeyLimitFields } from "./key-limit-fields";
import { KeyName } from "./key-name";
import { KeyScopes } from "./key-scopes";
import { KeySelect } from "./key-select";
import type { KeyActions, KeyChoices } from "./key-types";
import { lifetimes, readKeyForm } from "./read-key-form";
import { useDialogSubmit } from "./use-dialog-submit";

type Props = { make: KeyActions["makeKey"]; usable: KeyChoices; isAdmin: boolean; onMade: (key: string) => void };

/** What a new key is called, what it may do, for how long, and how much of it. */
export function KeyForm({ make, usable: { models, hosts }, isAdmin, onMade }: Props) {
  const { submit, isBusy, problem, formRef } = useDialogSubmit(async (form: FormData) => {
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
    <form ref={formRef} method="post" className="flex flex-col gap-4" onSubmit={send}>
      <KeyName error={nameFault} />
      <KeyScopes isAdmin={isAdmin} />
      <KeyAllowlist name="model" label="Models" values={models} />
      <KeySelect name="lifetime" label="Works for" choices={lifetimes} initial="90" />
      <Disclosure summary="Hosts that it may ask">
        <div className="pt-3">
          <KeyAllowlist name="upstream" label="Hosts" values={hosts} />
        </div>
      </Disclosure>
      <Disclosure summary="Limits and budget">
        <KeyLimitFields />
      </Disclosure>
      <Disclosure summary="Answer cache">
        <div className="flex flex-col gap-4 pt-3">
          <KeyCacheFields />
        </div>
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
