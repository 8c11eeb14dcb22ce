import { useEffect, useEffectEvent, useRef, useState } from "react";
import { mountedTerminals } from "../mounted-terminals";
import type { TerminalActions } from "../terminal-types";
import type { Attachment } from "./compose-question";
import { readAttachment } from "./read-attachment";

/** What goes with the next question; `take` waits for what is being read. Read anew with every selection, and whenever `refresh` is called. */
export function useAttachment(shellId: string | null, isOpen: boolean, actions: TerminalActions) {
  const [attachment, setAttachment] = useState<Attachment | null>(null);
  const [isLeftOut, setIsLeftOut] = useState(false);
  const reading = useRef<Promise<Attachment | null>>(Promise.resolve(null));

  const refresh = () => {
    if (!shellId) return;
    const now = readAttachment(shellId, actions).catch(() => null);
    reading.current = now;
    void now.then((read) => reading.current === now && setAttachment(read));
  };
  const onChange = useEffectEvent(refresh);
  useEffect(() => {
    if (!isOpen || !shellId) return;
    onChange();
    const selecting = mountedTerminals.get(shellId)?.terminal.onSelectionChange(() => onChange());
    return () => selecting?.dispose();
  }, [isOpen, shellId]);
  return {
    attachment: isLeftOut ? null : attachment,
    canAttach: isLeftOut && attachment !== null,
    refresh,
    leaveOut: () => setIsLeftOut(true),
    attach: () => setIsLeftOut(false),
    async take(): Promise<Attachment | null> {
      if (isLeftOut) return null;
      return reading.current;
    },
  };
}
