"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { useMessageVerbs } from "./conversation-context";

const votes = [
  { vote: "up", label: "Good reply", Icon: ThumbsUp },
  { vote: "down", label: "Bad reply", Icon: ThumbsDown },
] as const;

/** What the reader thinks of a reply: one of two buttons is pressed, or none; pressing it again takes it back. */
export function FeedbackButtons({ messageId, feedback }: { messageId: string; feedback: "up" | "down" | undefined }) {
  const { vote: give } = useMessageVerbs();
  return votes.map(({ vote, label, Icon }) => {
    const isPressed = feedback === vote;
    return (
      <IconButton key={vote} label={label} size="sm" aria-pressed={isPressed} onClick={() => give(messageId, isPressed ? null : vote)}>
        <Icon aria-hidden className={isPressed ? "fill-current text-foreground" : undefined} />
      </IconButton>
    );
  });
}
