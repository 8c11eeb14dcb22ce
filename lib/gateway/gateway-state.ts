import type { ModelFailure } from "@/lib/core/errors";
import { processGlobal } from "@/lib/core/process-global";
import type { Model } from "./contract";
import type { Upstream } from "./upstream";

/** A model as one host has it. `loadedUntil` is set while the host holds it in memory. */
export type HostModel = {
  name: string;
  capabilities: Model["capabilities"];
  contextLength: number | null;
  loadedUntil?: Date;
  /** What it takes of the host's graphics memory while it is loaded, and the context it was loaded with. */
  vramBytes?: number;
  loadedContext?: number;
  /** On the host's disk. */
  sizeBytes?: number;
};

/** A host and what its last check found. `models` outlive a host that goes down. */
export type Host = {
  upstream: Upstream;
  state: "up" | "down" | "unknown";
  /** When `state` last changed. */
  since: Date | null;
  /** Whether it has ever answered in this process. */
  wasUp?: boolean;
  error?: string;
  reason?: ModelFailure;
  models: HostModel[];
  /** How long the last checks that it answered took, the oldest first; a bounded number of them. */
  checksMs?: number[];
  checkedAt: number;
  nextCheckAt: number;
  checking?: Promise<void>;
};

type GatewayState = {
  /** By the upstream's id, in the order of preference. */
  hosts: Map<string, Host>;
  loadedAt: number;
  loading?: Promise<void>;
  /** Settles when the hosts have answered for the first time, or half a second after they were first asked. */
  firstLook?: Promise<void>;
  timer?: NodeJS.Timeout;
};

/** The process's hosts: one set for pages, routes and runs alike. */
export function gatewayState(): GatewayState {
  return processGlobal<GatewayState>("gateway", () => ({ hosts: new Map(), loadedAt: 0 }));
}
