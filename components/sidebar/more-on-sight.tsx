"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";

type Props = { cursor: string; load: (cursor: string) => Promise<void> };

/** Loads the next page when it comes into sight; offers a button when that failed. */
export function MoreOnSight({ cursor, load }: Props) {
  const mark = useRef<HTMLDivElement>(null);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    if (!mark.current || hasFailed) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        load(cursor).catch(() => setHasFailed(true));
      },
      { rootMargin: "400px" },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [cursor, load, hasFailed]);
  return (
    <div ref={mark} className="flex flex-col gap-1 px-2.5 pb-3">
      {hasFailed ? (
        <Button size="sm" variant="quiet" onClick={() => setHasFailed(false)}>
          Older chats could not be loaded. Try again
        </Button>
      ) : (
        ["w-4/5", "w-3/5", "w-2/3"].map((width) => <Skeleton key={width} className={`my-1.5 h-4 ${width}`} />)
      )}
    </div>
  );
}
