import type { ReactNode } from "react";

/** A table in a card of its own that scrolls sideways where the page is narrow. The first `textColumns` are text, 1 unless told; the others are figures. */
export function ScrollTable({
  caption,
  head,
  textColumns = 1,
  children,
}: {
  caption: string;
  head: string[];
  textColumns?: number;
  children: ReactNode;
}) {
  return (
    // A region that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto rounded-lg border border-border bg-card px-4 py-3">
      <table className="w-full text-left text-sm tabular-nums">
        <caption className="pb-1 text-left text-sm font-medium">{caption}</caption>
        <thead className="text-xs text-muted-foreground">
          <tr>
            {head.map((name, at) => (
              <th
                key={`${name}-${at.toString()}`}
                scope="col"
                className={`py-1.5 font-medium whitespace-nowrap ${at > 0 ? "pl-4" : "pr-3"} ${at >= textColumns ? "text-right" : ""}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
