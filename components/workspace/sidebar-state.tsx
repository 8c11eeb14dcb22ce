"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { savePreference } from "./preference-cookie";

/** The sidebar on a wide screen (collapsed or not) and on a phone (a drawer, open or not). */
type SidebarState = {
  isCollapsed: boolean;
  isDrawerOpen: boolean;
  setCollapsed: (isCollapsed: boolean) => void;
  setDrawerOpen: (isOpen: boolean) => void;
};

const SidebarContext = createContext<SidebarState | null>(null);

/** Holds the sidebar's state; `initiallyCollapsed` comes from this device's cookie. */
export function SidebarProvider({ initiallyCollapsed, children }: { initiallyCollapsed: boolean; children: ReactNode }) {
  const [isCollapsed, setIsCollapsed] = useState(initiallyCollapsed);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const state = useMemo(() => {
    const setCollapsed = (collapsed: boolean) => {
      setIsCollapsed(collapsed);
      savePreference("sidebar", collapsed ? "collapsed" : "open");
    };
    return { isCollapsed, isDrawerOpen, setCollapsed, setDrawerOpen };
  }, [isCollapsed, isDrawerOpen]);
  return <SidebarContext value={state}>{children}</SidebarContext>;
}

/** The sidebar's state and what changes it. @throws Error outside the workspace */
export function useSidebar(): SidebarState {
  const state = useContext(SidebarContext);
  if (!state) throw new Error("useSidebar needs a SidebarProvider above it.");
  return state;
}
