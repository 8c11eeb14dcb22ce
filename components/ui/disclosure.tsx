"use client";

import { type ReactNode, useState } from "react";
import { cn } from "@/lib/core/class-names";

type Props = { summary: ReactNode; children: ReactNode; className?: string };

/** Folds `children` under `summary`. What is folded is not rendered before it is first opened. */
export function Disclosure({ summary, children, className }: Props) {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details className={cn("group/disclosure", className)} onToggle={(event) => event.currentTarget.open && setWasOpened(true)}>
      <summary className="cursor-pointer list-none select-none [&::-webkit-details-marker]:hidden">{summary}</summary>
      {wasOpened && children}
    </details>
  );
}
