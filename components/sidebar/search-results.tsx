"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { api } from "@/components/api/api";
import { Skeleton } from "@/components/ui/skeleton";
import type { listConversations } from "@/lib/chat/contract";
import type { Conversation } from "@/lib/chat/shapes";
import { markedPieces } from "./marked-pieces";

type Answer = { query: string; items: Conversation[]; error?: string };

const pauseMs = 150;

/** The chats that a search finds. What was found before stays until the new answer is there. */
export function SearchResults({ query }: { query: string }) {
  const answer = useSearch(query);
  return (
    <section aria-label="Search results" aria-busy={answer?.query !== query} className="pb-3">
      <p role="status" className="px-2.5 pt-1 pb-1.5 text-xs text-muted-foreground">
        {answer ? (answer.error ?? countText(answer)) : "Searching"}
      </p>
      {!answer && ["w-4/5", "w-3/5"].map((width) => <Skeleton key={width} className={`mx-2.5 my-2 h-4 ${width}`} />)}
      <ul className="flex flex-col gap-px">
        {answer?.items.map((conversation) => (
          <li key={conversation.id}>
            <Link href={`/chat/${conversation.id}`} prefetch={false} className="focus-inset block rounded-md px-2.5 py-1.5 hover:bg-hover">
              <span className="block truncate text-sm">{conversation.title}</span>
              {/* Without a mark it is the title over again. */}
              {conversation.snippet?.includes("<mark>") && <Snippet html={conversation.snippet} />}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Snippet({ html }: { html: string }) {
  return (
    <span className="line-clamp-2 text-xs text-muted-foreground">
      {markedPieces(html).map(({ text, isMatch }, index) => {
        const key = `piece-${index.toString()}`;
        return isMatch ? (
          <mark key={key} className="rounded-xs bg-primary-soft text-link">
            {text}
          </mark>
        ) : (
          <span key={key}>{text}</span>
        );
      })}
    </span>
  );
}

function useSearch(query: string): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      api<typeof listConversations>("GET", "/api/v1/conversations", { query: { q: query, limit: 30 }, signal })
        .then(({ items }) => setAnswer({ query, items }))
        .catch(
          (error: unknown) =>
            !signal.aborted && setAnswer({ query, items: [], error: error instanceof Error ? error.message : "The search failed." }),
        );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [query]);
  return answer;
}

function countText({ items, query }: Answer): string {
  if (items.length === 0) return `Nothing found for “${query}”`;
  return items.length === 1 ? "1 chat" : `${items.length} chats`;
}
