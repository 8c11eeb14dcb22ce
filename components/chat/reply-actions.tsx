"use client";

import { ChevronDown, RefreshCw } from "lucide-react";
import { useContext } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { BusyContext, useMessageVerbs } from "./conversation-context";
import { OtherModelButton } from "./other-model-button";

/** What can be done with a reply: copy it, ask for another, also from another model. */
export function ReplyActions({ messageId, text }: { messageId: string; text: string }) {
  const { regenerate } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  const trigger = (
    <IconButton label="Regenerate with another model" size="sm" className="-ml-1 w-6" disabled={isBusy}>
      <ChevronDown aria-hidden className="size-3.5!" />
    </IconButton>
  );
  return (
    <div className="flex items-center">
      {text && <CopyButton text={text} />}
      <IconButton label="Regenerate" size="sm" disabled={isBusy} onClick={() => regenerate(messageId)}>
        <RefreshCw aria-hidden />
      </IconButton>
      <OtherModelButton messageId={messageId} trigger={trigger} />
    </div>
  );
}
