"use client";

import { PanelLeft, Search, SquarePen, X } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { ErrorBoundary } from "@/components/workspace/error-boundary";
import { useSidebar } from "@/components/workspace/sidebar-state";
import { AccountMenu } from "./account-menu";
import { ConversationActions } from "./conversation-actions";
import { ConversationList } from "./conversation-list";
import type { ConversationsState } from "./conversations-state";
import { SearchResults } from "./search-results";
import { useConversations } from "./use-conversations";
import type { ServerClock } from "./use-local-day";

/** The list of chats, what finds one, and the account. `notice` stands at the top. */
export function Sidebar({ conversations, clock, notice }: { conversations: ConversationsState; clock: ServerClock; notice?: ReactNode }) {
  const list = useConversations(conversations);
  const [query, setQuery] = useState("");
  return (
    <ConversationActions list={list}>
      <ErrorBoundary what="the head of the sidebar" compact>
        <SidebarTop notice={notice} />
      </ErrorBoundary>
      <ErrorBoundary what="the search" compact>
        <SearchField query={query} onChange={setQuery} />
      </ErrorBoundary>
      <nav aria-label="Chats" className="min-h-0 flex-1 overflow-y-auto px-2 pt-1">
        <ErrorBoundary what="the list of chats" compact>
          {query.trim() ? <SearchResults query={query.trim()} /> : <ConversationList list={list} clock={clock} />}
        </ErrorBoundary>
      </nav>
      <ErrorBoundary what="your account" compact>
        <AccountMenu />
      </ErrorBoundary>
    </ConversationActions>
  );
}

function SidebarTop({ notice }: { notice?: ReactNode }) {
  const { setCollapsed, setDrawerOpen } = useSidebar();
  return (
    <div className="flex flex-col gap-1 px-2 pt-2 pb-1">
      <div className="flex h-8 items-center justify-between pl-2.5">
        <span className="flex-1 text-sm font-semibold tracking-tight">Hearth</span>
        {notice}
        <IconButton label="Hide the sidebar" className="hidden md:inline-flex" onClick={() => setCollapsed(true)}>
          <PanelLeft aria-hidden />
        </IconButton>
        <IconButton label="Close the chat list" className="md:hidden" onClick={() => setDrawerOpen(false)}>
          <X aria-hidden />
        </IconButton>
      </div>
      <Link
        href="/chat"
        className="pressable focus-inset flex h-8 items-center gap-2 rounded-md px-2.5 text-sm hover:bg-hover active:bg-selected"
      >
        <SquarePen aria-hidden className="size-4" />
        New chat
      </Link>
    </div>
  );
}

function SearchField({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const clear = () => {
    onChange("");
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !query) return;
    event.stopPropagation();
    clear();
  };
  return (
    <search className="relative mx-2 mb-1 block">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
      <input
        ref={field}
        type="text"
        aria-label="Search chats"
        placeholder="Search"
        value={query}
        maxLength={500}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="focus-inset h-8 w-full rounded-md bg-transparent pr-8 pl-8.5 text-sm hover:bg-hover focus:bg-hover"
      />
      {query && (
        <IconButton label="Clear the search" size="sm" className="absolute top-0.5 right-0.5" onClick={clear}>
          <X aria-hidden />
        </IconButton>
      )}
    </search>
  );
}
