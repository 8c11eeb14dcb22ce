"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Model } from "@/lib/gateway/contract";
import type { EmbeddedState } from "@/lib/gateway/embedded/contract";

/** A model host as the reader is told of it. `since` is an ISO time, null while it has always been so. */
export type HostState = { name: string; state: "up" | "down" | "unknown"; since: string | null; error?: string };

/** Who looks at the workspace, and what they have to work with when the page is made. */
export type WorkspaceData = {
  user: { id: string; name: string; email: string; role: "admin" | "user" };
  maxMessageChars: number;
  models: Model[];
  hosts: HostState[];
  defaultModelId: string | null;
  embedded: EmbeddedState;
  /** The model picked last on this device, from its cookie. */
  preferredModelId: string | null;
};

const WorkspaceContext = createContext<WorkspaceData | null>(null);

/** Hands the server's data to every part of the workspace. */
export function WorkspaceProvider({ data, children }: { data: WorkspaceData; children: ReactNode }) {
  return <WorkspaceContext value={data}>{children}</WorkspaceContext>;
}

/** The workspace this component is in. @throws Error outside of one */
export function useWorkspace(): WorkspaceData {
  const data = useContext(WorkspaceContext);
  if (!data) throw new Error("useWorkspace needs a WorkspaceProvider above it.");
  return data;
}
