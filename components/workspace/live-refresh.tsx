"use client";

import { useRouter } from "next/navigation";
import { useVisibleInterval } from "./use-visible-interval";

const everyMs = 5_000;

/** Reads the page's data anew every five seconds while it is looked at; what is being typed or chosen stays. */
export function LiveRefresh() {
  const router = useRouter();
  useVisibleInterval(() => router.refresh(), everyMs);
  return null;
}
