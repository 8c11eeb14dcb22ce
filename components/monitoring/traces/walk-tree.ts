import type { SpanView } from "@/lib/monitoring/spans/contract";

type Place = Pick<SpanView, "id" | "parentId" | "depth">;

/** The spans that are seen while those in `folded` hide what is below them. `spans` are in the order of a tree. */
export function shownSpans<S extends Place>(spans: S[], folded: ReadonlySet<string>): S[] {
  let hiddenBelow = Number.POSITIVE_INFINITY;
  return spans.filter(({ id, depth }) => {
    if (depth > hiddenBelow) return false;
    hiddenBelow = folded.has(id) ? depth : Number.POSITIVE_INFINITY;
    return true;
  });
}

/** Whether a span has parts: the one after it in a tree's order is deeper. */
export function hasParts(spans: Place[], at: number): boolean {
  return (spans[at + 1]?.depth ?? 0) > (spans[at]?.depth ?? 0);
}

type Walk = { focus: string } | { fold: string } | { unfold: string } | null;

/** Where a key leads from a span of a tree: https://www.w3.org/WAI/ARIA/apg/patterns/treeview. Null for keys that mean nothing here. */
export function walkTree(spans: Place[], folded: ReadonlySet<string>, { from, key }: { from: string; key: string }): Walk {
  const shown = shownSpans(spans, folded);
  const at = shown.findIndex(({ id }) => id === from);
  const whole = spans.findIndex(({ id }) => id === from);
  const to = (span: Place | undefined): Walk => (span ? { focus: span.id } : null);
  const isOpen = hasParts(spans, whole) && !folded.has(from);
  if (key === "ArrowDown") return to(shown[at + 1]);
  if (key === "ArrowUp") return to(shown[at - 1]);
  if (key === "Home") return to(shown[0]);
  if (key === "End") return to(shown.at(-1));
  if (key === "ArrowRight") return folded.has(from) ? { unfold: from } : isOpen ? to(shown[at + 1]) : null;
  if (key === "ArrowLeft")
    return isOpen ? { fold: from } : to(shown.findLast(({ depth }, index) => index < at && depth < (shown[at]?.depth ?? 0)));
  return null;
}
