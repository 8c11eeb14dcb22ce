/**
 * Refreshes when asked to, but at most every `minMs`, and without being asked after `maxMs`; only while the page is visible.
 * @returns `ask`, and `stop`, which ends it
 */
export function pacedRefresh(refresh: () => void, { minMs, maxMs }: { minMs: number; maxMs: number }) {
  let isAsked = false;
  let refreshedAt = Date.now();
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(0, refreshedAt + (isAsked ? minMs : maxMs) - Date.now()));
  };
  const run = () => {
    // A hidden page is read anew when it is looked at again: its stream opens then.
    if (document.visibilityState === "visible") {
      refresh();
      isAsked = false;
    }
    refreshedAt = Date.now();
    wait();
  };
  wait();
  return {
    ask() {
      isAsked = true;
      wait();
    },
    stop: () => clearTimeout(timer),
  };
}
