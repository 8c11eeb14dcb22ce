"use client";

import { Pencil } from "lucide-react";
import { useContext } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { FoldedText } from "@/components/ui/folded-text";
import { IconButton } from "@/components/ui/icon-button";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { BranchSwitcher } from "./branch-switcher";
import { BusyContext, useMessageVerbs } from "./conversation-context";
import { MessageEditor } from "./message-editor";
import { textOfMessage } from "./message-text";

/** What a person said, with the way to say it differently. */
export function UserMessage({ message, isEditing }: { message: HearthMessage; isEditing: boolean }) {
  const { edit, setEditing } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  const text = textOfMessage(message);
  if (isEditing) {
    const send = (changed: string) => {
      setEditing(null);
      edit(message, changed);
    };
    return <MessageEditor text={text} onSend={send} onCancel={() => setEditing(null)} />;
  }
  return (
    <div className="flex flex-col items-end gap-1">
      <div className="max-w-[85%] min-w-0 rounded-xl bg-muted px-4 py-2.5 break-words">
        <FoldedText text={text} />
      </div>
      <div className="flex h-7 items-center opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100 has-[fieldset]:opacity-100 pointer-coarse:opacity-100">
        <CopyButton text={text} />
        <IconButton size="sm" label="Edit" disabled={isBusy} onClick={() => setEditing(message.id)}>
          <Pencil aria-hidden />
        </IconButton>
        <BranchSwitcher message={message} />
      </div>
    </div>
  );
}
