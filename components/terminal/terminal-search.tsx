import type { SearchAddon } from "@xterm/addon-search";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";

type Props = { search: SearchAddon; onEnd: () => void };
type Found = { index: number; count: number };

const decorations = {
  ...{ matchBackground: "#8a5300", matchOverviewRuler: "#8a5300" },
  ...{ activeMatchBackground: "#b4400f", activeMatchColorOverviewRuler: "#b4400f" },
};

/** Finds text on the screen and in what scrolled off it. */
export function TerminalSearch({ search, onEnd }: Props) {
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    const results = search.onDidChangeResults(({ resultIndex, resultCount }) => setFound({ index: resultIndex, count: resultCount }));
    return () => {
      results.dispose();
      search.clearDecorations();
    };
  }, [search]);
  const next = () => search.findNext(query, { decorations });
  const previous = () => search.findPrevious(query, { decorations });
  const change = (text: string) => {
    setQuery(text);
    if (text) search.findPrevious(text, { decorations, incremental: true });
    else search.clearDecorations();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") onEnd();
    if (event.key === "Enter") event.shiftKey ? next() : previous();
  };
  return (
    <search className="absolute top-2 right-4 z-10 flex items-center gap-1 rounded-md border border-border bg-popover p-1 shadow-floating">
      <input
        ref={takeFocus}
        aria-label="Search the terminal"
        placeholder="Search"
        value={query}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        className="focus-inset h-7 w-40 rounded-sm bg-transparent px-2 text-sm"
      />
      <span role="status" className="min-w-12 text-right text-xs text-muted-foreground">
        {query && found && (found.count ? `${found.index + 1} of ${found.count}` : "None")}
      </span>
      <IconButton label="Previous match" size="sm" onClick={previous}>
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton label="Next match" size="sm" onClick={next}>
        <ChevronDown aria-hidden />
      </IconButton>
      <IconButton label="Close the search" size="sm" onClick={onEnd}>
        <X aria-hidden />
      </IconButton>
    </search>
  );
}

const takeFocus = (field: HTMLInputElement | null) => field?.focus();
