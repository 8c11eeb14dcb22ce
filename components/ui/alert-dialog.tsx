"use client";

import { AlertDialog as Primitive } from "radix-ui";
import type { MouseEvent, ReactNode } from "react";
import { Banner } from "./banner";
import { Button } from "./button";
import { DialogActions, dialogStyle, overlayStyle } from "./dialog";

export type AlertDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** What the button that goes ahead says, a verb: "Revoke". */
  action: string;
  /** Closes the dialog too, unless it prevents the event's default. */
  onAction: (event: MouseEvent) => void;
  /** Why it did not work, when the dialog stays for another try. */
  problem?: string;
  isBusy?: boolean;
};

/** Asks before something that cannot be undone. Cancel has the focus. */
export function AlertDialog({ open, onOpenChange, title, description, action, onAction, problem, isBusy }: AlertDialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayStyle} />
        <Primitive.Content className={dialogStyle}>
          <div className="flex flex-col gap-1">
            <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
            <Primitive.Description className="text-sm text-muted-foreground">{description}</Primitive.Description>
          </div>
          {problem && (
            <Banner tone="danger" role="alert">
              {problem}
            </Banner>
          )}
          <DialogActions>
            <Primitive.Cancel asChild>
              <Button>Cancel</Button>
            </Primitive.Cancel>
            <Primitive.Action asChild>
              <Button variant="destructive" disabled={isBusy} onClick={onAction}>
                {action}
              </Button>
            </Primitive.Action>
          </DialogActions>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
