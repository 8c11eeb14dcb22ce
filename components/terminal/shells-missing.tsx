import { Disclosure } from "@/components/ui/disclosure";
import type { MissingState } from "./terminal-types";

const words: Record<MissingState, { title: string; text: string }> = {
  off: {
    title: "Shells are off",
    text: "They give admins a shell on the machine that Hearth runs on, as the user that Hearth runs as: whoever has it can read and change whatever Hearth can, its database included. Turn them on only where that is meant.",
  },
  "no-pty": {
    title: "Shells cannot run here",
    text: "The package node-pty could not be installed on this machine: it has to be compiled, which takes Python, make and a C++ compiler. Install those, run npm ci again and start Hearth.",
  },
  "no-server": {
    title: "Shells need Hearth’s own server",
    text: "This Hearth was started by next start, which does not hand over WebSockets. Start it with npm start.",
  },
};

/** Why an admin has the console alone, and what to do about it. */
export function ShellsMissing({ state }: { state: MissingState }) {
  const { title, text } = words[state];
  return (
    <Disclosure summary={title} className="shrink-0 border-y border-border bg-muted px-3 py-1.5 text-sm">
      <div className="flex max-w-2xl flex-col gap-2 pb-2">
        <p className="text-muted-foreground">{text}</p>
        {state === "off" && (
          <>
            <p className="text-muted-foreground">Start Hearth with this variable set:</p>
            <pre className="overflow-x-auto rounded-md bg-background px-3 py-2 font-mono">HEARTH_TERMINAL=admin npm start</pre>
          </>
        )}
      </div>
    </Disclosure>
  );
}
