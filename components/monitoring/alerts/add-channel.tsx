"use client";

import { type FormEvent, useState } from "react";
import { AddButton } from "@/components/limits/add-button";
import { CreatedKey } from "@/components/settings/created-key";
import { useDialogSubmit } from "@/components/settings/use-dialog-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/core/action-result";
import type { AlertChannelInput } from "@/lib/monitoring/alerts/contract";

export type AddAlertChannel = (input: AlertChannelInput) => Promise<ActionResult<{ secret: string | null }>>;

type Props = { kind: AlertChannelInput["kind"]; add: AddAlertChannel };

const words = {
  webhook: { add: "Add a webhook", label: "Address", type: "url", hint: "As in https://example.org/hooks/hearth" },
  email: { add: "Add an e-mail address", label: "E-mail address", type: "email", hint: undefined },
};

/** The button and the dialog that add a channel, and then show a webhook's secret this once. */
export function AddChannel({ kind, add }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const open = (next: boolean) => {
    setIsOpen(next);
    // What was shown once is not kept in the page either.
    setSecret(null);
  };
  return (
    <Dialog open={isOpen} onOpenChange={open}>
      <DialogTrigger asChild>
        <AddButton>{words[kind].add}</AddButton>
      </DialogTrigger>
      {secret ? (
        <DialogContent
          title="The webhook's secret"
          description="Its receiver checks signatures by it. Copy it now: it will not be shown again."
        >
          <CreatedKey value={secret} label="Secret" onDone={() => open(false)} />
        </DialogContent>
      ) : (
        <DialogContent title={words[kind].add}>
          <ChannelForm kind={kind} add={add} onAdded={(made) => (made ? setSecret(made) : open(false))} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function ChannelForm({ kind, add, onAdded }: Props & { onAdded: (secret: string | null) => void }) {
  const { submit, isBusy, problem, formRef } = useDialogSubmit(async (input: AlertChannelInput) => {
    const result = await add(input);
    if (result.ok) onAdded(result.value.secret);
    return result;
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, address] = [String(form.get("name")), String(form.get("address"))];
    void submit(kind === "webhook" ? { kind, name, url: address } : { kind, name, email: address });
  };
  const faults = problem?.fields ?? {};
  const { label, type, hint } = words[kind];
  return (
    <form ref={formRef} method="post" className="flex flex-col gap-4" onSubmit={send}>
      <Field id="name" label="Name" error={faults.name}>
        <Input id="name" name="name" required maxLength={100} autoComplete="off" />
      </Field>
      <Field id="address" label={label} hint={hint} error={faults.url ?? faults.email}>
        <Input id="address" name="address" type={type} required maxLength={1_000} autoComplete="off" />
      </Field>
      {problem && Object.keys(faults).length === 0 && (
        <Banner tone="danger" role="alert">
          {problem.detail}
        </Banner>
      )}
      <DialogActions>
        <Button type="submit" variant="primary" disabled={isBusy}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
