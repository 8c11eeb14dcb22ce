import Link from "next/link";
import { Button } from "@/components/ui/button";
import { type LinkedView, viewHref } from "./view-href";

type Props = { path: string; view: LinkedView & { cursor?: string }; nextCursor: string | null; of: string };

/** The ways from a page of a list to the newest and to older ones; `of` is what the list has, as in "calls". */
export function ListPages({ path, view, nextCursor, of }: Props) {
  return (
    <nav aria-label="Pages" className="flex justify-between gap-2">
      {view.cursor ? (
        <Button asChild>
          <Link href={viewHref(path, view)}>{`Newest ${of}`}</Link>
        </Button>
      ) : (
        <span />
      )}
      {nextCursor && (
        <Button asChild>
          <Link href={viewHref(path, view, { cursor: nextCursor })}>{`Older ${of}`}</Link>
        </Button>
      )}
    </nav>
  );
}

/** What is said in place of a list that has nothing. */
export function EmptyList({ children }: { children: string }) {
  return <p className="rounded-lg border border-border bg-card px-4 py-10 text-center text-sm text-muted-foreground">{children}</p>;
}
