"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "@/lib/core/class-names";

type Props = { summary: ReactNode; children: ReactNode; className?: string };

/** Folds `children` under `summary`; plain words get a mark that turns. What is folded is not rendered before it is first opened. */
export function Disclosure({ summary, children, className }: Props) {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details className={cn("group/disclosure", className)} onToggle={(event) => event.currentTarget.open && setWasOpened(true)}>
      <summary className="cursor-pointer list-none select-none [&::-webkit-details-marker]:hidden">
        {typeof summary === "string" ? <Words>{summary}</Words> : summary}
      </summary>
      {wasOpened && children}
    </details>
  );
}

function Words({ children }: { children: string }) {
  return (
    <span className="pressable inline-flex items-center gap-1.5 rounded-sm text-sm text-muted-foreground hover:text-foreground">
      <ChevronRight aria-hidden className="size-4 transition-transform duration-100 group-open/disclosure:rotate-90" />
      {children}
    </span>
  );
}
