"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { DialogActions } from "@/components/ui/dialog";

type CopyState = "not-yet" | "copied" | "refused";

/** A key that was just made, to be copied. */
export function CreatedKey({ value, onDone }: { value: string; onDone: () => void }) {
  const [state, setState] = useState<CopyState>("not-yet");
  const copy = async () => setState((await copyText(value)) ? "copied" : "refused");
  return (
    <>
      <output aria-label="API key" className="rounded-md border border-input bg-muted px-3 py-2 font-mono text-sm break-all select-all">
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
