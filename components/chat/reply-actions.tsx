"use client";

import { ChevronDown, RefreshCw } from "lucide-react";
import { lazy, useContext } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { LazyPopup } from "@/components/ui/lazy-popup";
import { BusyContext, useMessageVerbs } from "./conversation-context";

const load = () => import("./other-model-menu").then(({ OtherModelMenu: Menu }) => ({ default: Menu }));
const OtherModelMenu = lazy(load);

/** What can be done with a reply: copy it, ask for another, also from another model. */
export function ReplyActions({ messageId, text }: { messageId: string; text: string }) {
  const { regenerate } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  const trigger = (
    <IconButton label="Regenerate with another model" size="sm" className="-ml-1 w-5" disabled={isBusy}>
      <ChevronDown aria-hidden className="size-3.5!" />
    </IconButton>
  );
  return (
    <div className="flex items-center">
      {text && <CopyButton text={text} />}
      <IconButton label="Regenerate" size="sm" disabled={isBusy} onClick={() => regenerate(messageId)}>
        <RefreshCw aria-hidden />
      </IconButton>
      <LazyPopup trigger={trigger} kind="menu" preload={load}>
        <OtherModelMenu trigger={trigger} onPick={(model) => regenerate(messageId, model)} />
      </LazyPopup>
    </div>
  );
}
