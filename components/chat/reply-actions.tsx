"use client";

import { ChartNoAxesGantt, ChevronDown, RefreshCw } from "lucide-react";
import Link from "next/link";
import { useContext } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { BusyContext, useMessageVerbs } from "./conversation-context";
import { FeedbackButtons } from "./feedback-buttons";
import { OtherModelButton } from "./other-model-button";

type Props = { messageId: string; model: string | undefined; text: string; feedback: "up" | "down" | undefined };

/** What can be done with a reply: copy it, say what it is worth, ask for another, also from another model, and see how it came to be. */
export function ReplyActions({ messageId, model, text, feedback }: Props) {
  const { regenerate } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  const trigger = (
    <IconButton label="Other models" size="sm" className="-ml-1 w-6" disabled={isBusy}>
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
      <Button asChild variant="quiet" size="sm" className="size-7 px-0">
        <Link href={`/monitoring/traces/reply/${messageId}`} prefetch={false} aria-label="Trace" title="Trace">
          <ChartNoAxesGantt aria-hidden />
        </Link>
      </Button>
    </div>
  );
}
