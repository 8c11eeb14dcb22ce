import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/core/action-result";
import type { ShellInfo } from "@/lib/terminal/contract";
import { readPreferences, savePreferences } from "./terminal-preferences";
import type { TerminalActions } from "./terminal-types";
import {
  consoleId,
  firstState,
  forgotten,
  joined,
  listed,
  noted,
  opened,
  replaced,
  shown,
  type TerminalsState,
  unsplit,
} from "./terminals-state";

const refusals = [401, 403];
/** What a shell begins with; it takes its pane's size as soon as it is joined with it. */
const firstSize = { cols: 80, rows: 24 };
/** How soon a terminal is seen that the agent, or another page, has opened. */
const lookEveryMs = 5_000;

/** A terminal that is not closed without a question, because a program runs in it. */
export type Closing = { id: string; name: string; running: string };

export type Terminals = ReturnType<typeof useTerminals>;

type Given = { userId: string; initial: ShellInfo[]; beginsWithConsole: boolean; actions: TerminalActions };

/** The reader's terminals, which of them are shown, and what can be done with them. */
export function useTerminals({ userId, initial, beginsWithConsole, actions }: Given) {
  const [state, setState] = useState<TerminalsState>(() =>
    firstState(initial, beginsWithConsole ? [consoleId] : readPreferences(userId).panes),
  );
  const [closing, setClosing] = useState<Closing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { panes } = state;
  useEffect(() => savePreferences(userId, { panes }), [userId, panes]);
  useEffect(() => {
    // The link has done its part: what is shown from now on is what a reload shows.
    if (beginsWithConsole) window.history.replaceState(null, "", window.location.pathname);
  }, [beginsWithConsole]);
  const { list } = actions;
  const closedHere = useRef(new Set<string>());
  useEffect(() => {
    const refresh = async (take: typeof listed) => {
      const result = document.visibilityState === "visible" ? await list({}).catch(() => null) : null;
      if (result?.ok) setState((now) => take(now, result.value));
    };
    const onVisible = () => void refresh(listed);
    // One that is gone stays until it is looked for, so that its pane can say so.
    const timer = setInterval(() => void refresh((now, shells) => joined(now, shells, closedHere.current)), lookEveryMs);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [list]);

  const begin = async (show: (now: TerminalsState, shell: ShellInfo) => TerminalsState) => {
    setIsBusy(true);
    const result = await actions.open(firstSize).catch(() => null);
    setIsBusy(false);
    setProblem(result?.ok ? null : wordsOf(result));
    if (result?.ok) setState((now) => show(now, result.value));
  };
  const forget = (id: string) => {
    closedHere.current.add(id);
    setState((now) => forgotten(now, id));
  };
  const note = (changed: Partial<ShellInfo> & { id: string }) => setState((now) => noted(now, changed));

  return {
    ...state,
    ...{ closing, problem, isBusy, note },
    open: (where: "here" | "beside" = "here") => begin((now, shell) => opened(now, shell, where)),
    /** Begins one in place of one that ended or is gone. */
    async replace(id: string) {
      closedHere.current.add(id);
      await actions.close({ id, force: true }).catch(() => null);
      await begin((now, shell) => replaced(now, id, shell));
    },
    async close({ id, name }: { id: string; name: string }, force = false) {
      setClosing(null);
      const result = await actions.close({ id, force }).catch(() => null);
      const isGone = result?.ok === false && result.problem.status === 404;
      if (isGone || (result?.ok && !result.value.running)) forget(id);
      else if (result?.ok && result.value.running) setClosing({ id, name, running: result.value.running });
      else if (!result?.ok) toast.error(wordsOf(result));
    },
    async rename(id: string, name: string) {
      const result = await actions.rename({ id, name }).catch(() => null);
      if (result?.ok) note({ id, name });
      else toast.error(wordsOf(result));
    },
    show: (id: string) => setState((now) => shown(now, id)),
    /** Takes note that a terminal has the focus. One that is not shown cannot have it. */
    focus: (id: string) => setState((now) => (now.panes[now.active] === id || !now.panes.includes(id) ? now : shown(now, id))),
    unsplit: () => setState(unsplit),
    dismissProblem: () => setProblem(null),
    cancelClosing: () => setClosing(null),
    /** Whether the reader still is signed in, as an admin. A server that does not answer signs nobody out. */
    async isSignedIn() {
      const result = await actions.list({}).catch(() => null);
      return !(result?.ok === false && refusals.includes(result.problem.status));
    },
  };
}

function wordsOf(result: ActionResult<unknown> | null): string {
  return result?.ok === false ? result.problem.detail : "Hearth cannot be reached. Check the connection and try again.";
}
