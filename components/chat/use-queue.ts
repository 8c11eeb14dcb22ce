import { useMemo } from "react";
import type { Unsent } from "./chat-session";
import { readStored, useStored, writeStored } from "./stored-state";

const empty: Unsent[] = [];
const keyOf = (chatId: string) => `hearth:queue:${chatId}`;

/** Messages that wait in this browser to be sent to a chat. */
export type Queue = {
  items: Unsent[];
  add: (item: Unsent) => void;
  addFirst: (item: Unsent) => void;
  /** Takes an item out; null when another tab was quicker. */
  take: (id: string) => Unsent | null;
  takeFirst: () => Unsent | null;
};

/** The queue of a chat, kept in local storage and shared by this browser's tabs. */
export function useQueue(chatId: string): Queue {
  const key = keyOf(chatId);
  const [items] = useStored(key, empty);
  const verbs = useMemo(() => {
    const now = () => readStored(key, empty);
    const write = (next: Unsent[]) => writeStored(key, next, empty);
    const take = (id: string | undefined) => {
      const found = now().find((item) => item.id === id) ?? null;
      if (found) write(now().filter((item) => item !== found));
      return found;
    };
    return {
      add: (item: Unsent) => write([...now(), item]),
      addFirst: (item: Unsent) => write([item, ...now()]),
      take,
      takeFirst: () => take(now()[0]?.id),
    };
  }, [key]);
  return { items, ...verbs };
}
