"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useDialogSubmit } from "@/components/settings/use-dialog-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/core/action-result";

type Props<Input> = {
  trigger: ReactNode;
  title: string;
  description?: string;
  /** What to say when it worked. */
  done: string;
  read: (form: FormData) => Input;
  save: (input: Input) => Promise<ActionResult<void>>;
  fields: (faults: Record<string, string>) => ReactNode;
};

/** A button that opens a form in a dialog; the dialog closes when what was entered is saved. */
export function RuleDialog<Input>({ trigger, title, description, ...form }: Props<Input>) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={title} description={description}>
        <RuleForm {...form} onSaved={() => setIsOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

type FormProps<Input> = Pick<Props<Input>, "done" | "read" | "save" | "fields"> & { onSaved: () => void };

function RuleForm<Input>({ done, read, save, fields, onSaved }: FormProps<Input>) {
  const { submit, isBusy, problem, formRef } = useDialogSubmit(save);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!(await submit(read(new FormData(event.currentTarget))))) return;
    toast.success(done);
    onSaved();
  };
  const faults = problem?.fields ?? {};
  return (
    <form ref={formRef} method="post" className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
      {fields(faults)}
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
