import Link from "next/link";
import { groupings, type View } from "@/lib/monitoring/overview/contract";
import { segmentStyle } from "./range-picker";
import { viewHref } from "./view-href";

const names = { model: "Model", user: "Person", key: "Key", purpose: "Purpose", host: "Host" };

/** What the charts' calls are told apart by. Each is a link; a person sees only themselves, so that there is nobody to tell apart. */
export function GroupPicker({ path, view, isAdmin }: { path: string; view: View; isAdmin: boolean }) {
  const offered = groupings.filter((by) => isAdmin || by !== "user");
  return (
    <nav aria-label="Group by" className="flex max-w-full items-center gap-2 overflow-x-auto text-sm">
      <span aria-hidden className="text-xs whitespace-nowrap text-muted-foreground">
        Group by
      </span>
      <div className="flex rounded-md border border-border p-0.5">
        {[undefined, ...offered].map((by) => (
          <Link
            key={by ?? "none"}
            href={viewHref(path, view, { by: by ?? null })}
            aria-current={view.by === by ? "true" : undefined}
            scroll={false}
            className={segmentStyle(view.by === by)}
          >
            {by === undefined ? "Nothing" : names[by]}
          </Link>
        ))}
      </div>
    </nav>
  );
}
