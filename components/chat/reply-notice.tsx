"use client";

import { CircleAlert, CirclePause, CircleStop } from "lucide-react";
import { useContext } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { BusyContext, useMessageVerbs } from "./conversation-context";
import { textOfMessage } from "./message-text";
import { OtherModelButton } from "./other-model-button";

/** Why a reply ended before its time, and what can be done about it; nothing for a whole one. */
export function ReplyNotice({ message, isLast }: { message: HearthMessage; isLast: boolean }) {
  const status = message.metadata?.status;
  const canContinue = isLast && textOfMessage(message).trim() !== "";
  if (status === "failed") return <FailedReply message={message} canContinue={canContinue} />;
  if (status === "stopped") return <Cut icon="stopped" messageId={message.id} canContinue={canContinue} />;
  if (status === "complete" && message.metadata?.truncated && canContinue) return <ContinueButton messageId={message.id} />;
  if (status === "interrupted") return <Cut icon="interrupted" messageId={message.id} canContinue={canContinue} />;
  return null;
}

function FailedReply({ message, canContinue }: { message: HearthMessage; canContinue: boolean }) {
  const { regenerate } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  return (
    <Banner
      tone="danger"
      icon={CircleAlert}
      title="The reply failed"
      actions={
        <>
          {canContinue && <ContinueButton messageId={message.id} />}
          <Button size="sm" disabled={isBusy} onClick={() => regenerate(message.id)}>
            Try again
          </Button>
          <OtherModelButton
            messageId={message.id}
            model={message.metadata?.model}
            trigger={
              <Button size="sm" disabled={isBusy}>
                Other model
              </Button>
            }
          />
        </>
      }
    >
      {message.metadata?.error?.message ?? "The log has the details."}
    </Banner>
  );
}

const cuts = {
  stopped: { Icon: CircleStop, text: "Stopped" },
  interrupted: { Icon: CirclePause, text: "Interrupted: the server stopped while this reply was being written" },
};

function Cut({ icon, messageId, canContinue }: { icon: keyof typeof cuts; messageId: string; canContinue: boolean }) {
  const { Icon, text } = cuts[icon];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-muted-foreground">
      <span className="flex items-center gap-1.5">
        <Icon aria-hidden className="size-4 shrink-0" />
        {text}
      </span>
      {canContinue && <ContinueButton messageId={messageId} />}
    </div>
  );
}

function ContinueButton({ messageId }: { messageId: string }) {
  const { continueReply } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  return (
    <Button size="sm" className="self-start" disabled={isBusy} onClick={() => continueReply(messageId)}>
      Continue
    </Button>
  );
}
