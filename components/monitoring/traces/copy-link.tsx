"use client";

import { Link as LinkIcon } from "lucide-react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";

/** Copies the address of what is looked at, the chosen span included. */
export function CopyLink() {
  const copy = async () => {
    if (await copyText(window.location.href)) toast.success("The link is copied.");
    else toast.error("The browser did not allow copying. Copy the address by hand.");
  };
  return (
    <Button onClick={() => void copy()}>
      <LinkIcon aria-hidden />
      Copy link
    </Button>
  );
}
