"use client";

import { Markdown } from "@/components/markdown/markdown";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { Reasoning } from "./reasoning";
import { ToolCard } from "./tool-card";
import { isToolPart } from "./tool-part";

type Props = { part: HearthMessage["parts"][number]; isOpen: boolean };

/** A part of a reply; `isOpen` while more of it may come. Kinds that have nothing to show are left out. */
export function MessagePart({ part, isOpen }: Props) {
  if (part.type === "text") return part.text.trim() ? <Markdown text={part.text} isStreaming={isOpen} /> : null;
  if (part.type === "reasoning") return part.text.trim() || isOpen ? <Reasoning text={part.text} isOpen={isOpen} /> : null;
  return isToolPart(part) ? <ToolCard part={part} /> : null;
}
