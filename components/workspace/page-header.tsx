"use client";

import { Menu, PanelLeft, SquarePen } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/core/class-names";
import { useSidebar } from "./sidebar-state";

/** The bar over a page: its title, and the way to the sidebar when that is out of sight. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  const { isCollapsed, setCollapsed, setDrawerOpen } = useSidebar();
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 px-2 md:px-3">
      <IconButton label="Open the chat list" className="size-9 md:hidden" onClick={() => setDrawerOpen(true)}>
        <Menu aria-hidden />
      </IconButton>
      {isCollapsed && (
        <IconButton label="Show the sidebar" className="hidden md:inline-flex" onClick={() => setCollapsed(false)}>
          <PanelLeft aria-hidden />
        </IconButton>
      )}
      <h1 className="min-w-0 flex-1 truncate px-1.5 text-sm font-medium" title={title}>
        {title}
      </h1>
      {children}
      <Link
        href="/chat"
        aria-label="New chat"
        className={cn(buttonStyle({ variant: "quiet" }), "size-9 px-0", !isCollapsed && "md:hidden")}
      >
        <SquarePen aria-hidden />
      </Link>
    </header>
  );
}
