"use client";

import { useState } from "react";
import { toast } from "sonner";
import type { Outcome } from "@/components/api/outcome";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button, type ButtonProps } from "@/components/ui/button";
import { useSubmit } from "./use-submit";

type Props = {
  id: string;
  label: string;
  /** What it is called where several buttons have the same label, as in "Unload llama3.2:3b". */
  name?: string;
  run: (input: { id: string }) => Promise<Outcome<unknown>>;
  /** What to say when it worked. */
  done: string;
  variant?: ButtonProps["variant"];
  /** Asks this first, for what cannot be undone. */
  ask?: { title: string; description: string };
};

/** A button in a row of a list that does one thing to that row's entry. */
export function RowAction({ id, label, name, run, done, variant, ask }: Props) {
  const { submit, isBusy, problem, forget } = useSubmit(run, ask ? undefined : toast.error);
  const [isAsking, setIsAsking] = useState(false);
  const open = (isOpen: boolean) => {
    forget();
    setIsAsking(isOpen);
  };
  const act = async () => {
    // An alert is read out again only when it is new.
    forget();
    const worked = await submit({ id });
    if (worked) toast.success(done);
    // The question stays until it worked, or comes back to say that it did not.
    setIsAsking(!worked);
  };
  return (
    <>
      <Button size="sm" aria-label={name} variant={variant} disabled={isBusy} onClick={() => (ask ? open(true) : void act())}>
        {label}
      </Button>
      {ask && (
        <AlertDialog
          open={isAsking}
          onOpenChange={open}
          {...ask}
          action={label}
          problem={problem?.detail}
          isBusy={isBusy}
          onAction={(event) => {
            event.preventDefault();
            void act();
          }}
        />
      )}
    </>
  );
}
