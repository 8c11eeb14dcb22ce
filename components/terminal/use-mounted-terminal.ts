import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { type MountedTerminal, mountTerminal, type TerminalEvents } from "./mount-terminal";
import { mountedTerminals } from "./mounted-terminals";
import type { TerminalLook } from "./terminal-look";

/** Keeps a terminal in an element as long as that is shown, joined with the shell `id`. */
export function useMountedTerminal(host: RefObject<HTMLElement | null>, id: string, look: TerminalLook, events: TerminalEvents) {
  const mounted = useRef<MountedTerminal | null>(null);
  const onState = useEffectEvent(events.onState);
  const onEnded = useEffectEvent(events.onEnded);
  const onName = useEffectEvent(events.onName);
  const onFocus = useEffectEvent(events.onFocus);
  const onLongPaste = useEffectEvent(events.onLongPaste);
  const onType = useEffectEvent(events.onType);
  const isSignedIn = useEffectEvent(events.isSignedIn);
  const first = useEffectEvent(() => look);
  const { fontSizePx, screenReader, isDark } = look;

  useEffect(() => {
    if (!host.current) return;
    const told: TerminalEvents = {
      onState: (state) => onState(state),
      onEnded: (end) => onEnded(end),
      onName: (name) => onName(name),
      onFocus: () => onFocus(),
      onLongPaste: (text) => onLongPaste(text),
      onType: (text) => onType(text),
      isSignedIn: () => isSignedIn(),
    };
    mounted.current = mountTerminal(host.current, id, first(), told);
    mountedTerminals.set(id, mounted.current);
    return () => {
      mountedTerminals.delete(id);
      mounted.current?.dispose();
      mounted.current = null;
    };
  }, [host, id]);
  useEffect(() => mounted.current?.setLook({ fontSizePx, screenReader, isDark }), [fontSizePx, screenReader, isDark]);
  return mounted;
}
