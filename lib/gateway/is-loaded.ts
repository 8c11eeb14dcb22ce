import type { HostModel } from "./gateway-state";

/** Whether the host still holds the model in memory, as far as is known. */
export function isLoaded({ loadedUntil }: HostModel): boolean {
  return loadedUntil !== undefined && loadedUntil.getTime() > Date.now();
}
