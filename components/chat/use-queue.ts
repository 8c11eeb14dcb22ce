import { useMemo } from "react";
import { useWorkspace } from "@/components/workspace/workspace-context";
import { ownKey } from "./own-keys";
import { readStored, storedNames, useStored, writeStored } from "./stored-state";
import type { Unsent } from "./unsent";

const empty: Unsent[] = [];

/** Messages that wait in this browser to be sent to a chat. */
export type Queue = {
  items: Unsent[];
  add: (item: Unsent) => void;
  addFirst: (item: Unsent) => void;
  /** Takes an item out; null when another tab was quicker. */
  take: (id: string) => Unsent | null;
  /** Takes out the first that simply comes next: a version of an earlier message waits for the reader. */
  takeFirst: () => Unsent | null;
  /** Takes out what the server turned out to have. */
  drop: (ids: string[]) => void;
};

/** Whether messages wait in this browser to be sent to a chat. */
export const hasQueue = (userId: string, chatId: string) => readStored(queueKey(userId, chatId), empty).length > 0;

/** The new chat whose first message waits in this browser, if any: that is where it goes on. */
export function waitingNewChat(userId: string): string | null {
  const ids = storedNames(queueKey(userId, "")).toSorted();
  return ids.find((id) => readStored(queueKey(userId, id), empty).some((item) => item.isFirst)) ?? null;
}

const queueKey = (userId: string, chatId: string) => ownKey(userId, `queue:${chatId}`);

/** The queue of a chat, kept in local storage and shared by this browser's tabs. */
export function useQueue(chatId: string): Queue {
  const { user } = useWorkspace();
  const key = queueKey(user.id, chatId);
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
      addFirst: (item: Unsent) => write([item, ...now().filter(({ id }) => id !== item.id)]),
      take,
      takeFirst: () => take(now().find(({ place }) => !place)?.id),
      drop: (ids: string[]) => {
        const left = now().filter(({ id }) => !ids.includes(id));
        if (left.length < now().length) write(left);
      },
    };
  }, [key]);
  return { items, ...verbs };
}
