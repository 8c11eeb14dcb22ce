"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import type { SpanView } from "@/lib/monitoring/spans/contract";
import { unitText } from "../unit-text";
import { SpanPanel } from "./span-panel";
import { SpanRow } from "./span-row";
import { lengthOf } from "./span-words";
import { useRunningNow } from "./use-running-now";
import { hasParts, shownSpans, walkTree } from "./walk-tree";

type Props = {
  /** In the order of a tree, the root first. */
  spans: SpanView[];
  /** The span that the link names. */
  chosen: string | null;
  /** When the page was made; what goes on is drawn up to now. */
  nowMs: number;
  timeZone: string;
};

/** A trace as a tree with bars on one axis of time. Arrow keys walk it, Enter opens a span, whose id the address then holds. */
export function Waterfall({ spans, chosen, nowMs: madeAtMs, timeZone }: Props) {
  const nowMs = useRunningNow(
    madeAtMs,
    spans.some(({ status }) => status === "running"),
  );
  const [root] = spans;
  const [openId, setOpenId] = useState(chosen);
  const [focusId, setFocusId] = useState(chosen ?? root?.id);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const tree = useRef<HTMLDivElement>(null);
  if (!root) return null;
  const endMs = Math.max(...spans.map((span) => span.endMs ?? nowMs), root.startMs + 1);
  const axis = { startMs: root.startMs, totalMs: endMs - root.startMs, nowMs };
  const shown = shownSpans(spans, folded);
  const reached = shown.some(({ id }) => id === focusId) ? focusId : root.id;
  const opened = spans.find(({ id }) => id === openId);

  const open = (id: string | null) => {
    setOpenId(id);
    if (id) setFocusId(id);
    window.history.replaceState(null, "", id ? `?span=${id}` : window.location.pathname);
  };
  const focus = (id: string) => {
    setFocusId(id);
    tree.current?.querySelector<HTMLElement>(`[data-span="${id}"]`)?.focus();
  };
  const fold = (id: string, isFolded: boolean) =>
    setFolded((before) => new Set(isFolded ? [...before, id] : [...before].filter((one) => one !== id)));
  const onKeyDown = (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).dataset.span;
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") open(from === openId ? null : from);
    else if (event.key === "Escape" && openId) open(null);
    else {
      const walk = walkTree(spans, folded, { from, key: event.key });
      if (!walk) return;
      if ("focus" in walk) focus(walk.focus);
      else if ("fold" in walk) fold(walk.fold, true);
      else fold(walk.unfold, false);
    }
    event.preventDefault();
  };
  return (
    <div className="flex flex-col gap-4 xl:flex-row xl:items-start">
      <div className="min-w-0 flex-1 rounded-lg border border-border bg-card py-2">
        <div aria-hidden className="flex px-3 pb-1 text-xs text-muted-foreground tabular-nums">
          <span className="w-1/2 shrink-0 md:w-2/5">Span</span>
          <span className="flex flex-1 justify-between">
            {[0, 0.5, 1].map((share) => (
              <span key={share}>{unitText(Math.round(share * axis.totalMs), "ms")}</span>
            ))}
          </span>
          <span className="w-16 shrink-0" />
        </div>
        <div ref={tree} role="tree" aria-label="Spans" tabIndex={-1} onKeyDown={onKeyDown}>
          {shown.map((span) => (
            <SpanRow
              key={span.id}
              span={span}
              axis={axis}
              isOpen={span.id === openId}
              isReached={span.id === reached}
              parts={hasParts(spans, spans.indexOf(span)) ? (folded.has(span.id) ? "folded" : "shown") : "none"}
              onFold={() => fold(span.id, !folded.has(span.id))}
              onOpen={() => open(span.id === openId ? null : span.id)}
            />
          ))}
        </div>
        <p className="px-3 pt-2 text-xs text-muted-foreground">
          Arrow keys walk the spans, Enter opens one. The paler part of a bar is the wait for the first token.
        </p>
      </div>
      {opened && (
        <SpanPanel key={opened.id} span={opened} tookMs={lengthOf(opened, nowMs)} timeZone={timeZone} onClose={() => open(null)} />
      )}
    </div>
  );
}
