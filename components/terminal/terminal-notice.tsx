import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/core/class-names";
import type { ShellEnd, ShellInfo } from "@/lib/terminal/contract";
import type { ConnectionState } from "./terminal-types";
import type { Terminals } from "./use-terminals";

type Props = { shell: ShellInfo; state: ConnectionState; onRetry: () => void; terminals: Terminals };

/** What stands between the reader and a shell: a connection that is not there, or a shell that has ended. */
export function TerminalNotice({ shell, state, onRetry, terminals }: Props) {
  if (state === "signed-out")
    return (
      <Line text="Your sign-in has ended, and the connection with it. The terminal goes on.">
        <Button size="sm" asChild>
          <a href="/sign-in?next=/terminal">Sign in</a>
        </Button>
      </Line>
    );
  if (state === "gone")
    return (
      <Line text="This terminal is no more: it was closed elsewhere, or Hearth was started again.">
        <Button size="sm" onClick={() => void terminals.replace(shell.id)}>
          New terminal
        </Button>
      </Line>
    );
  if (state === "reconnecting")
    return (
      <Line isOver text="Disconnected. The terminal goes on; connecting again…">
        <Button size="sm" onClick={onRetry}>
          Connect now
        </Button>
      </Line>
    );
  if (shell.ended)
    return (
      <Line text={endWords(shell.ended)}>
        <Button size="sm" onClick={() => void terminals.replace(shell.id)}>
          New terminal
        </Button>
      </Line>
    );
  if (state === "connecting") return <Line isOver text="Connecting…" />;
  return null;
}

function endWords({ exitCode, signal, reason }: ShellEnd): string {
  if (reason === "idle") return "Ended: nothing was typed or written for as long as the idle limit allows.";
  if (signal > 0) return `Ended by signal ${signal}.`;
  return `Ended with exit status ${exitCode}.`;
}

/** `isOver` lies over the terminal instead of taking room from it, which would change the size of what runs there. */
function Line({ text, isOver = false, children }: { text: string; isOver?: boolean; children?: ReactNode }) {
  return (
    <div
      role="status"
      className={cn(
        "flex shrink-0 flex-wrap items-center gap-3 border-b border-border bg-muted px-3 py-1.5 text-sm",
        isOver && "absolute inset-x-0 top-0 z-10",
      )}
    >
      <span className="min-w-0 flex-1">{text}</span>
      {children}
    </div>
  );
}
