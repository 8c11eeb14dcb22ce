import { type RefObject, useEffect, useState } from "react";

/** Whether the element has been on the screen, or nearly, since it was mounted. */
export function useSeen(target: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    if (!target.current || isSeen) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setIsSeen(true), { rootMargin: "300px" });
    observer.observe(target.current);
    return () => observer.disconnect();
  }, [target, isSeen]);
  return isSeen;
}
