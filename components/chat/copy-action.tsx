"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { copyText } from "@/components/ui/copy-text";
import { SmallAction } from "./small-action";

/** Copies a message and says so for two seconds. */
export function CopyAction({ text }: { text: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(text))) return toast.error("The browser did not allow copying. Select the text and copy it by hand.");
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), 2000);
  };
  return (
    <SmallAction label={isCopied ? "Copied" : "Copy"} onClick={() => void copy()}>
      {isCopied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
    </SmallAction>
  );
}
