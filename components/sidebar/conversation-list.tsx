"use client";

import { usePathname } from "next/navigation";
import { ConversationRow } from "./conversation-row";
import { groupByDay } from "./day-groups";
import { MoreOnSight } from "./more-on-sight";
import type { useConversations } from "./use-conversations";
import { type ServerClock, useLocalDay } from "./use-local-day";

type Props = { list: ReturnType<typeof useConversations>; clock: ServerClock };

/** The conversations by day, with more loaded as the end comes into sight. */
export function ConversationList({ list, clock }: Props) {
  const pathname = usePathname();
  const { today, timeZone } = useLocalDay(clock);
  if (list.items.length === 0) return <p className="px-2.5 py-2 text-sm text-muted-foreground">Your chats will be listed here.</p>;
  return (
    <>
      {groupByDay(list.items, today, timeZone).map(({ label, items }) => (
        <section key={label} aria-label={label} className="pb-3">
          <h2 className="px-2.5 pt-1 pb-1.5 text-xs font-medium text-muted-foreground">{label}</h2>
          <ul className="flex flex-col gap-px">
            {items.map((conversation) => (
              <ConversationRow key={conversation.id} conversation={conversation} isCurrent={pathname === `/chat/${conversation.id}`} />
            ))}
          </ul>
        </section>
      ))}
      {list.nextCursor && <MoreOnSight key={list.nextCursor} cursor={list.nextCursor} load={list.loadMore} />}
    </>
  );
}
