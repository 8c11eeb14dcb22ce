import type { ActionResult } from "@/lib/core/action-result";
import type { LastCommand, ShellInfo, ShellSize, TerminalState } from "@/lib/terminal/contract";

/** What the page can do with terminals, as server actions. */
export type TerminalActions = {
  list: (input: Record<string, never>) => Promise<ActionResult<ShellInfo[]>>;
  open: (input: ShellSize) => Promise<ActionResult<ShellInfo>>;
  rename: (input: { id: string; name: string }) => Promise<ActionResult<ShellInfo>>;
  /** Gives the program that runs in it and stands in the way; null when it was closed. */
  close: (input: { id: string; force?: boolean }) => Promise<ActionResult<{ running: string | null }>>;
  /** The command that was run last in it, or runs; null while there was none, and in a shell that does not tell. */
  lastCommand: (input: { id: string }) => Promise<ActionResult<LastCommand | null>>;
};

/** Why there are no shells. */
export type MissingState = Exclude<TerminalState, "ready">;

/** How the connection to a shell is. `gone` is a shell that was closed elsewhere or went with a restart. */
export type ConnectionState = "connecting" | "open" | "reconnecting" | "signed-out" | "gone";
