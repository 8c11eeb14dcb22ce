import type { ShellInfo } from "@/lib/terminal/contract";

/** The shells there are, the tabs that are shown (one, or two beside each other) and which of them has the focus. */
export type TerminalsState = { shells: ShellInfo[]; panes: string[]; active: number };

/** The tab that is no shell. It is always there. */
export const consoleId = "console";

type Where = "here" | "beside";

/** What is shown at first: what was shown last, as far as it is still there, else the terminal that began last. */
export function firstState(shells: ShellInfo[], panes: string[]): TerminalsState {
  return settled({ shells, panes, active: 0 });
}

/** Only what is there is shown, and something is when there is anything. */
function settled({ shells, panes, active }: TerminalsState): TerminalsState {
  const left = panes.filter((id) => id === consoleId || shells.some((shell) => shell.id === id)).slice(0, 2);
  const last = shells.at(-1);
  const shown = left.length === 0 && last ? [last.id] : left;
  return { shells, panes: shown, active: Math.max(0, Math.min(active, shown.length - 1)) };
}

/** Shows a terminal in the active pane, or goes to the pane that shows it. */
export function shown(state: TerminalsState, id: string): TerminalsState {
  const { panes, active } = state;
  if (panes.includes(id)) return { ...state, active: panes.indexOf(id) };
  return { ...state, panes: panes.length === 0 ? [id] : panes.with(active, id) };
}

/** Shows a terminal that has begun: in the active pane, or beside the one that is shown alone. */
export function opened(state: TerminalsState, shell: ShellInfo, where: Where = "here"): TerminalsState {
  const shells = [...state.shells.filter(({ id }) => id !== shell.id), shell];
  if (where === "beside" && state.panes.length === 1) return { shells, panes: [...state.panes, shell.id], active: 1 };
  return shown({ ...state, shells }, shell.id);
}

/** Takes a terminal's place by another. */
export function replaced(state: TerminalsState, id: string, shell: ShellInfo): TerminalsState {
  const swap = (one: string) => (one === id ? shell.id : one);
  return settled({ ...state, shells: state.shells.map((one) => (one.id === id ? shell : one)), panes: state.panes.map(swap) });
}

/** Without a terminal that was closed. */
export function forgotten(state: TerminalsState, id: string): TerminalsState {
  return settled({ ...state, shells: state.shells.filter((shell) => shell.id !== id) });
}

/** With the terminals that the server lists, which another tab or device may have opened or closed. */
export function listed(state: TerminalsState, shells: ShellInfo[]): TerminalsState {
  return settled({ ...state, shells });
}

/** With the terminals that have begun elsewhere, as the agent's do; `closed` are those that a list may still have had. */
export function joined(state: TerminalsState, shells: ShellInfo[], closed: ReadonlySet<string>): TerminalsState {
  const known = new Set([...state.shells.map(({ id }) => id), ...closed]);
  const begun = shells.filter(({ id }) => !known.has(id));
  return begun.length === 0 ? state : settled({ ...state, shells: [...state.shells, ...begun] });
}

/** With what became known of a terminal. */
export function noted(state: TerminalsState, changed: Partial<ShellInfo> & { id: string }): TerminalsState {
  return { ...state, shells: state.shells.map((shell) => (shell.id === changed.id ? { ...shell, ...changed } : shell)) };
}

/** The active pane alone. */
export function unsplit({ shells, panes, active }: TerminalsState): TerminalsState {
  return { shells, panes: panes.slice(active, active + 1), active: 0 };
}
