"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/lib/core/class-names";
import { OfflineBanner } from "./offline-banner";
import { useSidebar } from "./sidebar-state";

/** The sidebar beside the page; a drawer over it on phones. */
export function WorkspaceShell({ sidebar, children }: { sidebar: ReactNode; children: ReactNode }) {
  const { isCollapsed, isDrawerOpen, setDrawerOpen } = useSidebar();
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isDrawerOpen) return;
    const opener = document.activeElement;
    const controls = drawer.current?.querySelectorAll<HTMLElement>("a[href], button") ?? [];
    [...controls].find((control) => control.checkVisibility())?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [isDrawerOpen]);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isDrawerOpen) return;
    event.preventDefault();
    setDrawerOpen(false);
  };
  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-popover text-sm shadow-floating focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-2"
      >
        Skip to the chat
      </a>
      {isDrawerOpen && (
        <button
          type="button"
          aria-label="Close the chat list"
          className="fixed inset-0 z-30 animate-fade-in bg-overlay md:hidden"
          onClick={() => setDrawerOpen(false)}
        />
      )}
      <aside
        aria-label="Chats and account"
        onKeyDown={closeOnEscape}
        onClick={(event) => event.target instanceof Element && event.target.closest("a[href]") && setDrawerOpen(false)}
        ref={drawer}
        className={cn(
          "flex w-66 shrink-0 flex-col border-r border-border bg-sidebar",
          "max-md:fixed max-md:inset-y-0 max-md:left-0 max-md:z-40 max-md:w-[min(18rem,85vw)]",
          isDrawerOpen ? "max-md:animate-slide-in max-md:shadow-floating" : "max-md:invisible",
          isCollapsed && "md:hidden",
        )}
      >
        {sidebar}
      </aside>
      <main id="main" tabIndex={-1} inert={isDrawerOpen} className="flex min-w-0 flex-1 flex-col outline-none">
        <OfflineBanner />
        {children}
      </main>
    </div>
  );
}
