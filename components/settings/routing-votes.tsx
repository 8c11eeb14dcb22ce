import { ThumbsDown, ThumbsUp } from "lucide-react";
import type { RouteKind } from "@/lib/gateway/routing/contract";
import { kindWords } from "./routing-words";

export type Votes = { kind: RouteKind; model: string; up: number; down: number }[];

/** What readers thought of the replies that `auto` chose a model for. */
export function RoutingVotes({ votes }: { votes: Votes }) {
  return (
    <section aria-label="Votes on replies" className="flex flex-col gap-2 text-sm">
      <h3 className="font-medium">Votes on its choices</h3>
      {votes.length === 0 && <p className="text-muted-foreground">Nobody has voted on a reply of Auto yet.</p>}
      <ul className="flex flex-col divide-y divide-border empty:hidden">
        {votes.map(({ kind, model, up, down }) => (
          <li key={`${kind} ${model}`} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
            <span className="min-w-0 break-words">
              {kindWords[kind]} <span className="text-muted-foreground">{model}</span>
            </span>
            <span className="flex items-center gap-3 text-muted-foreground tabular-nums">
              <Count Icon={ThumbsUp} word="good" count={up} />
              <Count Icon={ThumbsDown} word="bad" count={down} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Count({ Icon, word, count }: { Icon: typeof ThumbsUp; word: string; count: number }) {
  return (
    <span className="flex items-center gap-1">
      <Icon aria-hidden className="size-3.5" />
      {count} <span className="sr-only">{word}</span>
    </span>
  );
}
