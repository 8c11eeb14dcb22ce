import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and in the first rendering, then true: for what only the reader's browser knows, as local times. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
