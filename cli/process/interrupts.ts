import { exitCodes } from "../exit-codes.ts";
import type { Interruption } from "../io.ts";

type Listener = (why: Interruption) => void;

/** One Ctrl-C can come twice: from the terminal, and from a program between that passes it on. */
const sameMs = 150;

/** The wishes that this process should end. While nobody listens, it does end. */
export function interrupts() {
  const listeners: Listener[] = [];
  let lastAt = 0;
  const send = (why: Interruption) => {
    if (Date.now() - lastAt < sameMs) return;
    lastAt = Date.now();
    const listener = listeners.at(-1);
    if (listener) listener(why);
    else process.exit(exitCodes[why].code);
  };
  const onInt = () => send("interrupted");
  const onTerm = () => send("terminated");
  const watch = () => {
    process.on("SIGINT", onInt);
    process.on("SIGTERM", onTerm);
  };
  const unwatch = () => {
    process.off("SIGINT", onInt);
    process.off("SIGTERM", onTerm);
  };
  const listen = (listener: Listener) => {
    if (listeners.length === 0) watch();
    listeners.push(listener);
    return () => {
      listeners.splice(listeners.indexOf(listener), 1);
      if (listeners.length === 0) unwatch();
    };
  };
  return { listen, send };
}
