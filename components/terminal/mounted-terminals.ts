import type { MountedTerminal } from "./mount-terminal";

/** The terminals that are in the page, by their shells' ids: what stands beside them can read and type. */
export const mountedTerminals = new Map<string, MountedTerminal>();
