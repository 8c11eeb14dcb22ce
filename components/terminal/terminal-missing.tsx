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

/** Why there are no shells, and what to do about it; below the console, which needs none. */
export function TerminalMissing({ state }: { state: Missing }) {
  const { title, text } = words[state];
  return (
    <aside aria-label="Shells" className="flex max-h-2/5 shrink-0 flex-col gap-2 overflow-y-auto border-t border-border p-4">
      <h2 className="text-sm font-semibold">{title}</h2>
      <p className="max-w-prose text-sm text-muted-foreground">{text}</p>
      {state === "off" && (
        <>
          <p className="text-sm text-muted-foreground">Start Hearth with this variable set:</p>
          <pre className="overflow-x-auto rounded-md bg-muted px-3 py-2 font-mono text-sm">HEARTH_TERMINAL=admin npm start</pre>
        </>
      )}
    </aside>
  );
}
