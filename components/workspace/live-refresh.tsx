"use client";

import { useRouter } from "next/navigation";
import { useVisibleInterval } from "./use-visible-interval";

const usualMs = 5_000;

/** Reads the page's data anew every five seconds, or as told, while it is looked at; what is being typed or chosen stays. */
export function LiveRefresh({ everyMs = usualMs }: { everyMs?: number }) {
  const router = useRouter();
  useVisibleInterval(() => router.refresh(), everyMs);
  return null;
}
