"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { lazy, memo, type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { LazyPopup } from "@/components/ui/lazy-popup";
import type { Conversation } from "@/lib/chat/shapes";
import { cn } from "@/lib/core/class-names";
import { useConversationActions } from "./conversation-actions";
import { RenameField } from "./rename-field";

const load = () => import("./row-menu").then(({ RowMenu: Menu }) => ({ default: Menu }));
const RowMenu = lazy(load);

type Props = { conversation: Conversation; isCurrent: boolean };

/** One conversation in the list: a link, a mark while a reply is being written, and its menu. */
export const ConversationRow = memo(function ConversationRow({ conversation, isCurrent }: Props) {
  const [isRenaming, setIsRenaming] = useState(false);
  const { rename } = useConversationActions();
  const row = useRef<HTMLLIElement>(null);
  if (isRenaming) {
    const finish = (title: string | null, by: "key" | "blur") => {
      if (by === "blur") setIsRenaming(false);
      else {
        flushSync(() => setIsRenaming(false));
        row.current?.querySelector("a")?.focus();
      }
      if (title && title !== conversation.title) rename(conversation, title);
    };
    return (
      <li>
        <RenameField title={conversation.title} onFinish={finish} />
      </li>
    );
  }
  return (
    <li
      ref={row}
      className={cn(
        "group/row relative flex h-8 items-center rounded-md hover:bg-hover has-[[data-state=open]]:bg-hover",
        isCurrent && "bg-selected hover:bg-selected",
      )}
    >
      <Link
        href={`/chat/${conversation.id}`}
        prefetch={false}
        aria-current={isCurrent ? "page" : undefined}
        title={conversation.title}
        className="focus-inset flex h-full min-w-0 flex-1 items-center gap-2 rounded-md pr-8 pl-2.5 text-sm"
      >
        <span className="truncate">{conversation.title}</span>
        {conversation.activeRunId && (
          <span className="ml-auto size-2 shrink-0 animate-breathe rounded-full bg-primary group-focus-within/row:hidden group-hover/row:hidden">
            <span className="sr-only">, a reply is being written</span>
          </span>
        )}
        {!conversation.activeRunId && conversation.waitingRunId && (
          <span className="ml-auto size-2 shrink-0 rounded-full bg-warning group-focus-within/row:hidden group-hover/row:hidden">
            <span className="sr-only">, waits for your approval</span>
          </span>
        )}
      </Link>
      <RowMenuButton conversation={conversation} row={row} onRename={() => setIsRenaming(true)} />
    </li>
  );
});

type MenuProps = { conversation: Conversation; row: RefObject<HTMLElement | null>; onRename: () => void };

function RowMenuButton({ conversation, row, onRename }: MenuProps) {
  const { remove } = useConversationActions();
  const trigger = (
    <Button
      variant="quiet"
      aria-label={`Options for ${conversation.title}`}
      className="absolute right-0.5 size-7 px-0 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
    >
      <Ellipsis aria-hidden />
    </Button>
  );
  return (
    <LazyPopup trigger={trigger} kind="menu" preload={load}>
      <RowMenu trigger={trigger} row={row} onRename={onRename} onRemove={() => remove(conversation)} />
    </LazyPopup>
  );
}
