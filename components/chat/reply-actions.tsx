"use client";

import { ChevronDown, RefreshCw } from "lucide-react";
import { useContext } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { BusyContext, useMessageVerbs } from "./conversation-context";
import { FeedbackButtons } from "./feedback-buttons";
import { OtherModelButton } from "./other-model-button";

type Props = { messageId: string; model: string | undefined; text: string; feedback: "up" | "down" | undefined };

/** What can be done with a reply: copy it, say what it is worth, ask for another, also from another model. */
export function ReplyActions({ messageId, model, text, feedback }: Props) {
  const { regenerate } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  const trigger = (
    <IconButton label="Other models and trace" size="sm" className="-ml-1 w-6" disabled={isBusy}>
      <ChevronDown aria-hidden className="size-3.5!" />
    </IconButton>
  );
  return (
    <div className="flex items-center">
      {text && <CopyButton text={text} />}
      {text && <FeedbackButtons messageId={messageId} feedback={feedback} />}
      <IconButton label="Regenerate" size="sm" disabled={isBusy} onClick={() => regenerate(messageId)}>
        <RefreshCw aria-hidden />
      </IconButton>
      <OtherModelButton messageId={messageId} model={model} trigger={trigger} />
    </div>
  );
}
