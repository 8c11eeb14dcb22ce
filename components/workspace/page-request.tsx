"use client";

import { createContext, type ReactNode, useContext } from "react";

const PageRequestContext = createContext<string | null>(null);

/** Tells everything on the page the id of the request that it came with, which the log knows as well. */
export function PageRequest({ id, children }: { id: string | null; children: ReactNode }) {
  return <PageRequestContext value={id}>{children}</PageRequestContext>;
}

/** The id of the request that this page came with; null where nobody told. */
export const usePageRequestId = () => useContext(PageRequestContext);
