import { History } from "lucide-react";
import Link from "next/link";
import { cn } from "@/lib/core/class-names";
import type { View } from "@/lib/monitoring/overview/contract";
import { segmentStyle } from "./range-picker";
import { viewHref } from "./view-href";

/** Shows the period before beside each chart's own, or no longer. A link, as all of a view is. */
export function CompareLink({ path, view }: { path: string; view: View }) {
  const isCompared = view.compare !== undefined;
  return (
    <Link
      href={viewHref(path, view, { compare: isCompared ? null : "before" })}
      aria-label={isCompared ? "Do not compare with the period before" : "Compare with the period before"}
      scroll={false}
      className={cn(segmentStyle(isCompared), "gap-1.5 rounded-md border border-border")}
    >
      <History aria-hidden className="size-4" />
      Compare
    </Link>
  );
}
