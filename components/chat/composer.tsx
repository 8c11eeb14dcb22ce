"use client";

import type { FormEvent, KeyboardEvent, RefObject } from "react";
import { ModelNotice } from "@/components/models/model-notice";
import { ModelPicker } from "@/components/models/model-picker";
import { ParametersButton } from "@/components/models/parameters-button";
import { useWorkspace } from "@/components/workspace/workspace-context";
import { type ChatStatus, isBusyStatus } from "./chat-store";
import { ComposerField } from "./composer-field";
import { lengthText } from "./length-text";
import { ownKey } from "./own-keys";
import { QueuedMessages } from "./queued-messages";
import { SendButton } from "./send-button";
import { useStored } from "./stored-state";
import type { ChatOptionsState } from "./use-chat-options";
import type { Queue } from "./use-queue";

export type ComposerVerbs = { send: (text: string) => void; sendQueued: (id: string) => void; stop: () => void; editLast: () => void };

type Props = {
  field: RefObject<HTMLTextAreaElement | null>;
  chatId: string;
  isNew: boolean;
  options: ChatOptionsState;
  queue: Queue;
  status: ChatStatus;
  verbs: ComposerVerbs;
};

/** From this share of the limit on the counter shows. */
const counterFrom = 0.8;

/** Where a message is written: kept as a draft in this browser until it is sent. */
export function Composer({ field, chatId, isNew, options, queue, status, verbs }: Props) {
  const { user, maxMessageChars } = useWorkspace();
  const [draft, setDraft] = useStored(ownKey(user.id, `draft:${isNew ? "new" : chatId}`), "");
  const isBusy = isBusyStatus(status);
  const text = draft.trim();
  const canSend = text !== "" && text.length <= maxMessageChars && options.modelId !== null;

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!canSend) return;
    setDraft("");
    verbs.send(text);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && draft === "" && !isBusy) {
      event.preventDefault();
      verbs.editLast();
    }
  };
  const editQueued = (id: string) => {
    const item = queue.take(id);
    if (item) setDraft(draft.trim() ? `${item.text}\n\n${draft}` : item.text);
    field.current?.focus();
  };

  return (
    <div className="mx-auto flex w-full max-w-3xl shrink-0 flex-col gap-2 px-3 pb-3 md:px-6 md:pb-5">
      <ModelNotice modelId={options.modelId} />
      <QueuedMessages queue={queue} isBusy={isBusy} onEdit={editQueued} onSend={verbs.sendQueued} />
      <form
        onSubmit={submit}
        aria-label="New message"
        className="flex flex-col rounded-xl border border-input bg-background shadow-raised focus-within:border-muted-foreground dark:bg-card"
      >
        <ComposerField ref={field} value={draft} onChange={setDraft} onKeyDown={onKeyDown} />
        <div className="flex items-center gap-0.5 px-2 pb-2">
          <ModelPicker modelId={options.modelId} onPick={(model) => options.change({ model })} />
          <ParametersButton values={options.values} onChange={options.change} />
          <Counter length={text.length} limit={maxMessageChars} />
          <SendButton canStop={status !== "ready"} canSend={canSend} onStop={verbs.stop} />
        </div>
      </form>
    </div>
  );
}

function Counter({ length, limit }: { length: number; limit: number }) {
  return (
    <p
      role="status"
      className="ml-auto shrink-0 px-2 text-xs text-muted-foreground tabular-nums data-over:text-destructive"
      data-over={length > limit || undefined}
    >
      {length > limit * counterFrom && lengthText(length, limit)}
    </p>
  );
}
