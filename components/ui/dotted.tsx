import type { ReactNode } from "react";
import { cn } from "@/lib/core/class-names";

type Props = { facts: { text: ReactNode; title?: string }[]; className?: string };

/**
 * Short facts in one line with dots between them. Where they take several lines, none begins or ends with a dot.
 * It takes margins but no padding, in which the first dot would show.
 */
export function Dotted({ facts, className }: Props) {
  return (
    <span className={cn("block min-w-0 overflow-hidden", className)}>
      <span className="-ml-3 flex flex-wrap">
        {facts.map(({ text, title }, index) => (
          <span
            key={`fact-${index.toString()}`}
            title={title}
            className="relative max-w-full truncate pl-3 before:absolute before:left-1 before:content-['·']"
          >
            {text}
          </span>
        ))}
      </span>
    </span>
  );
}
