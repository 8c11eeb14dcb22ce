"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from "react";
import { openFeed } from "@/components/workspace/open-feed";
import type { FollowQuery, LiveEvent } from "@/lib/monitoring/live/contract";
import type { NowFigures } from "../now-figures";
import { pacedRefresh } from "./paced-refresh";

type Live = { isConnected: boolean; now: NowFigures | null };
const LiveContext = createContext<Live>({ isConnected: false, now: null });

/** What the page's stream has told: whether it is open, and what goes on now. */
export const useLive = () => use(LiveContext);

type Props = {
  follow: FollowQuery;
  /** Its data is read anew at most so often, however much there is to see; null leaves the data as it is. */
  minMs: number | null;
  /** And so often without a word: time goes on, and a word can be lost. */
  maxMs?: number;
  children?: ReactNode;
};

/** A page that follows what it shows by one stream while it is looked at: its data is read anew when there is something new. */
export function LivePage({ follow, minMs, maxMs = 60_000, children }: Props) {
  const router = useRouter();
  const [live, setLive] = useState<Live>({ isConnected: false, now: null });
  // Of the page as it was first made: a later one must not open the stream anew.
  const [since] = useState(follow.since);
  const refresh = useEffectEvent(() => router.refresh());
  const { of, trace } = follow;
  useEffect(() => {
    const query = new URLSearchParams({ of, ...(trace && { trace }), ...(since && { since }) });
    const pace = minMs === null ? null : pacedRefresh(refresh, { minMs, maxMs });
    let wasConnected = false;
    const close = openFeed<LiveEvent<NowFigures>>(`/api/monitoring/changes?${query}`, {
      onMessage: (event) => {
        if (event.type === "changed") pace?.ask();
        else setLive((before) => ({ ...before, now: event.now }));
      },
      onConnected: (isConnected) => {
        setLive((before) => ({ ...before, isConnected }));
        // What came while it was closed was missed.
        if (isConnected && wasConnected) pace?.ask();
        wasConnected ||= isConnected;
      },
    });
    return () => {
      close();
      pace?.stop();
    };
  }, [of, trace, since, minMs, maxMs]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
