"use client";

import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { SendButton } from "@/components/chat/send-button";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import type { Attachment } from "./compose-question";
import { AttachedText } from "./copilot-turn";

const quickAsks = [
  { label: "Explain", question: "Explain this." },
  { label: "Fix it", question: "This did not work. What is wrong, and which command fixes it?" },
  { label: "What next?", question: "What would be a sensible next command?" },
];

type Props = {
  attachment: Attachment | null;
  canAttach: boolean;
  onLeaveOut: () => void;
  onAttach: () => void;
  isRunning: boolean;
  onAsk: (question: string) => void;
  onStop: () => void;
};

/** Where a question is written, with what of the terminal goes with it. */
export function CopilotComposer({ attachment, canAttach, onLeaveOut, onAttach, isRunning, onAsk, onStop }: Props) {
  const [text, setText] = useState("");
  const send = () => {
    if (isRunning || !text.trim()) return;
    onAsk(text.trim());
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="flex shrink-0 flex-col gap-2 border-t border-border p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {attachment && (
        <div className="flex items-start gap-1">
          <AttachedText attachment={attachment} />
          <IconButton size="sm" label="Leave it out" onClick={onLeaveOut}>
            <X aria-hidden />
          </IconButton>
        </div>
      )}
      {canAttach && (
        <Button size="sm" variant="quiet" className="self-start" onClick={onAttach}>
          <Plus aria-hidden />
          Send what the terminal shows
        </Button>
      )}
      <div className="flex flex-wrap gap-1.5">
        {quickAsks.map(({ label, question }) => (
          <Button key={label} size="sm" disabled={isRunning} onClick={() => onAsk(question)}>
            {label}
          </Button>
        ))}
      </div>
      <div className="flex items-end gap-2">
        <Textarea
          aria-label="Ask the copilot"
          placeholder="Ask about this terminal"
          className="max-h-40 min-h-10 resize-none field-sizing-content"
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <SendButton canStop={isRunning} canSend={text.trim() !== ""} onStop={onStop} />
      </div>
    </form>
  );
}
