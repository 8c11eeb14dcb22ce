"use client";

import { ChevronDown, RefreshCw } from "lucide-react";
import { useContext, useState } from "react";
import { BusyContext, useMessageVerbs } from "./conversation-context";
import { CopyAction } from "./copy-action";
import { OtherModelMenu } from "./other-model-menu";
import { SmallAction } from "./small-action";

/** What can be done with a reply: copy it, ask for another, also from another model. */
export function ReplyActions({ messageId, text }: { messageId: string; text: string }) {
  const { regenerate } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  const [isChoosing, setIsChoosing] = useState(false);
  return (
    <div className="flex items-center">
      {text && <CopyAction text={text} />}
      <SmallAction label="Regenerate" disabled={isBusy} onClick={() => regenerate(messageId)}>
        <RefreshCw aria-hidden />
      </SmallAction>
      {isChoosing ? (
        <OtherModelMenu onPick={(model) => regenerate(messageId, model)} onClose={() => setIsChoosing(false)} />
      ) : (
        <SmallAction
          label="Regenerate with another model"
          aria-haspopup="menu"
          className="-ml-1 w-5"
          disabled={isBusy}
          onClick={() => setIsChoosing(true)}
        >
          <ChevronDown aria-hidden className="size-3.5!" />
        </SmallAction>
      )}
    </div>
  );
}
