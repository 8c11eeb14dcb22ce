"use client";

import { ChevronRight } from "lucide-react";
import { Markdown } from "@/components/markdown/markdown";
import { Disclosure } from "@/components/ui/disclosure";
import { cn } from "@/lib/core/class-names";

/** What the model thought before it answered, folded away. */
export function Reasoning({ text, isOpen }: { text: string; isOpen: boolean }) {
  return (
    <Disclosure
      summary={
        <span className="pressable inline-flex items-center gap-1.5 rounded-sm text-sm text-muted-foreground hover:text-foreground">
          <ChevronRight aria-hidden className="size-4 transition-transform duration-100 group-open/disclosure:rotate-90" />
          <span className={cn(isOpen && "animate-breathe")}>{isOpen ? "Thinking" : "Thought"}</span>
        </span>
      }
    >
      <div className="mt-2 border-l-2 border-border pl-4 text-sm text-muted-foreground">
        <Markdown text={text} isStreaming={isOpen} />
      </div>
    </Disclosure>
  );
}
