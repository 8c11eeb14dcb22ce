import { useCallback, useEffect, useRef, useState } from "react";

/** Nearer than this to the end counts as being there, in pixels. */
const nearPx = 60;

/**
 * Where the reader is in a list that runs from its bottom, and the way back there.
 * @param sentId changes when the reader sends something: then the list goes to its end
 */
export function useBottom(sentId: string | undefined) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [isAtBottom, setIsAtBottom] = useState(true);

  useEffect(() => {
    const box = scroller.current;
    if (!box || !content.current) return;
    const onScroll = () => setIsAtBottom(box.scrollTop > -nearPx);
    box.addEventListener("scroll", onScroll, { passive: true });
    const stopHolding = CSS.supports("overflow-anchor", "auto") ? undefined : holdPlace(box, content.current);
    return () => {
      box.removeEventListener("scroll", onScroll);
      stopHolding?.();
    };
  }, []);
  useEffect(() => {
    if (sentId) scroller.current?.scrollTo({ top: 0 });
  }, [sentId]);

  const toBottom = useCallback(() => {
    // At once: a reply that grows meanwhile would stop a smooth scroll halfway.
    scroller.current?.scrollTo({ top: 0 });
    scroller.current?.focus({ preventScroll: true });
  }, []);
  return { scroller, content, isAtBottom, toBottom };
}

/** Does what scroll anchoring does, for browsers without it: growth under a reader who scrolled up does not move the text. */
function holdPlace(box: HTMLElement, content: HTMLElement): () => void {
  let heightPx = content.offsetHeight;
  const observer = new ResizeObserver(() => {
    const grownPx = content.offsetHeight - heightPx;
    heightPx = content.offsetHeight;
    if (box.scrollTop < -nearPx) box.scrollTop -= grownPx;
  });
  observer.observe(content);
  return () => observer.disconnect();
}
