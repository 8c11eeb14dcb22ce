"use client";

import { Bell } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useVisibleInterval } from "@/components/workspace/use-visible-interval";

const everyMs = 60_000;

/** The way to alerts that fire and that nobody has acknowledged, with how many there are; nothing while there are none. For admins. */
export function AlertBell({ initial }: { initial: number }) {
  const [known, setKnown] = useState({ initial, count: initial });
  // The page was read anew, and its count is the newer one.
  const count = known.initial === initial ? known.count : initial;
  useVisibleInterval(() => {
    if (navigator.onLine) void countUnseen().then((next) => next !== null && setKnown({ initial, count: next }));
  }, everyMs);
  if (count === 0) return null;
  return (
    <Link
      href="/monitoring/alerts"
      aria-label={count === 1 ? "1 alert fires" : `${count} alerts fire`}
      className="pressable focus-inset flex h-7 items-center gap-1 rounded-md bg-destructive-soft px-2 text-xs font-medium text-destructive"
    >
      <Bell aria-hidden className="size-3.5" />
      {count}
    </Link>
  );
}

async function countUnseen(): Promise<number | null> {
  const response = await fetch("/api/v1/alerts").catch(() => null);
  return response?.ok ? ((await response.json()) as { unseen: number }).unseen : null;
}
