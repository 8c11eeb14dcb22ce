"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { CreatedKey } from "./created-key";
import { KeyForm } from "./key-form";
import type { KeyActions, KeyChoices } from "./key-types";

type Props = { make: KeyActions["makeKey"]; usable: KeyChoices; isAdmin: boolean };

/** The button and the dialog that make a key, and then show it this once. */
export function CreateKey({ make, usable, isAdmin }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<string | null>(null);
  const open = (next: boolean) => {
    setIsOpen(next);
    // What was shown once is not kept in the page either.
    setCreated(null);
  };
  return (
    <Dialog open={isOpen} onOpenChange={open}>
      <DialogTrigger asChild>
        <Button>
          <Plus aria-hidden />
          Create key
        </Button>
      </DialogTrigger>
      {created ? (
        <DialogContent title="Your new key" description="Copy it now: it will not be shown again.">
          <CreatedKey value={created} onDone={() => open(false)} />
        </DialogContent>
      ) : (
        <DialogContent title="Create an API key" description="A program sends it as Authorization: Bearer.">
          <KeyForm make={make} usable={usable} isAdmin={isAdmin} onMade={setCreated} />
        </DialogContent>
      )}
    </Dialog>
  );
}
