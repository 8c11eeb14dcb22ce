"use client";

import { type FormEvent, useState } from "react";
import { AddButton } from "@/components/limits/add-button";
import { CreatedKey } from "@/components/settings/created-key";
import { useSubmit } from "@/components/settings/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/core/action-result";

type Props = { add: (input: { name: string; url: string }) => Promise<ActionResult<{ secret: string }>> };

/** The button and the dialog that add a webhook, and then show its secret this once. */
export function AddChannel({ add }: Props) {
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
        <AddButton>Add a webhook</AddButton>
      </DialogTrigger>
      {secret ? (
        <DialogContent
          title="The webhook's secret"
          description="Its receiver checks signatures by it. Copy it now: it will not be shown again."
        >
          <CreatedKey value={secret} label="Secret" onDone={() => open(false)} />
        </DialogContent>
      ) : (
        <DialogContent title="Add a webhook">
          <ChannelForm add={add} onAdded={setSecret} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function ChannelForm({ add, onAdded }: Props & { onAdded: (secret: string) => void }) {
  const { submit, isBusy, problem } = useSubmit(async (input: { name: string; url: string }) => {
    const result = await add(input);
    if (result.ok) onAdded(result.value.secret);
    return result;
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void submit({ name: String(form.get("name")), url: String(form.get("url")) });
  };
  const faults = problem?.fields ?? {};
  return (
    <form method="post" className="flex flex-col gap-4" onSubmit={send}>
      <Field id="name" label="Name" error={faults.name}>
        <Input id="name" name="name" required maxLength={100} autoComplete="off" />
      </Field>
      <Field id="url" label="Address" hint="As in https://example.org/hooks/hearth" error={faults.url}>
        <Input id="url" name="url" type="url" required maxLength={1_000} autoComplete="off" />
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
