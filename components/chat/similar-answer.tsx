"use client";

import { History } from "lucide-react";
import { useContext } from "react";
import { Button } from "@/components/ui/button";
import { BusyContext, useMessageVerbs } from "./conversation-context";

/** Says that a reply is the kept answer to another question, and which, and offers one of its own. */
export function SimilarAnswer({ messageId, question }: { messageId: string; question: string }) {
  const { regenerate } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-muted-foreground">
      <p className="flex min-w-0 items-start gap-1.5">
        <History aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="line-clamp-3 min-w-0 break-words">Answer to a similar question: “{question}”</span>
      </p>
      <Button size="sm" disabled={isBusy} onClick={() => regenerate(messageId)}>
        Fresh answer
      </Button>
    </div>
  );
}
