"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazy } from "react";
import { LazyPopup } from "@/components/ui/lazy-popup";
import { useWorkspace } from "@/components/workspace/workspace-context";

const load = () => import("./account-menu-content").then(({ AccountMenuContent }) => ({ default: AccountMenuContent }));
const AccountMenuContent = lazy(load);

/** The reader's account at the foot of the sidebar: settings, theme and the way out. */
export function AccountMenu() {
  const { user } = useWorkspace();
  const trigger = (
    <button
      type="button"
      aria-label={`Account: ${user.name}`}
      className="pressable focus-inset flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover active:bg-selected data-[state=open]:bg-hover"
    >
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-primary-soft text-xs font-semibold text-link"
      >
        {user.name.trim().charAt(0).toUpperCase()}
      </span>
      <span className="min-w-0 flex-1 truncate text-sm">{user.name}</span>
      <ChevronsUpDown aria-hidden className="size-4 text-muted-foreground" />
    </button>
  );
  return (
    <div className="border-t border-border p-2">
      <LazyPopup trigger={trigger} kind="menu" preload={load}>
        <AccountMenuContent trigger={trigger} user={user} />
      </LazyPopup>
    </div>
  );
}
