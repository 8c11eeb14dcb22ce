"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { DialogActions } from "@/components/ui/dialog";

type CopyState = "not-yet" | "copied" | "refused";

type Props = { value: string; label?: string; onDone: () => void };

/** A key that was just made, or another secret with a `label` of its own, to be copied. */
export function CreatedKey({ value, label = "API key", onDone }: Props) {
  const [state, setState] = useState<CopyState>("not-yet");
  const copy = async () => setState((await copyText(value)) ? "copied" : "refused");
  return (
    <>
      <output aria-label={label} className="rounded-md border border-input bg-muted px-3 py-2 font-mono text-sm break-all select-all">
        {value}
      </output>
      {state === "refused" && (
        <Banner tone="warning" role="alert">
          The browser did not allow copying. Select the key and copy it by hand.
        </Banner>
      )}
      <DialogActions>
        <Button autoFocus onClick={() => void copy()}>
          {state === "copied" ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
          {state === "copied" ? "Copied" : "Copy"}
        </Button>
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </DialogActions>
    </>
  );
}
