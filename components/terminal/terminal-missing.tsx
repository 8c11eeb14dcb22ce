import { SquareTerminal } from "lucide-react";
import { PageHeader } from "@/components/workspace/page-header";
import type { TerminalState } from "@/lib/terminal/contract";

type Missing = Exclude<TerminalState, "ready">;

const words: Record<Missing, { title: string; text: string }> = {
  off: {
    title: "The terminal is off",
    text: "It gives admins a shell on the machine that Hearth runs on, as the user that Hearth runs as: whoever has it can read and change whatever Hearth can, its database included. Turn it on only where that is meant.",
  },
  "no-pty": {
    title: "The terminal cannot run here",
    text: "The package node-pty could not be installed on this machine: it has to be compiled, which takes Python, make and a C++ compiler. Install those, run npm ci again and start Hearth.",
  },
  "no-server": {
    title: "The terminal needs Hearth’s own server",
    text: "This Hearth was started by next start, which does not hand over WebSockets. Start it with npm start.",
  },
};

/** Why there is no terminal, and what to do about it. */
export function TerminalMissing({ state }: { state: Missing }) {
  const { title, text } = words[state];
  return (
    <>
      <PageHeader title="Terminal" />
      <div className="flex min-h-0 flex-1 overflow-y-auto">
        <div className="m-auto flex max-w-lg flex-col gap-3 p-6">
          <SquareTerminal aria-hidden className="size-8 text-muted-foreground" />
          <h2 className="text-lg font-semibold">{title}</h2>
          <p className="text-sm text-muted-foreground">{text}</p>
          {state === "off" && (
            <>
              <p className="text-sm text-muted-foreground">Start Hearth with this variable set:</p>
              <pre className="overflow-x-auto rounded-md bg-muted px-3 py-2 font-mono text-sm">HEARTH_TERMINAL=admin npm start</pre>
            </>
          )}
        </div>
      </div>
    </>
  );
}
