"use client";

import { Columns2, Search, Sparkles, Square } from "lucide-react";
import { useTheme } from "next-themes";
import { type KeyboardEvent, useRef, useState } from "react";
import { ConsolePane } from "@/components/console/console-pane";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { PageHeader } from "@/components/workspace/page-header";
import { useWorkspace } from "@/components/workspace/workspace-context";
import { cn } from "@/lib/core/class-names";
import type { ShellInfo } from "@/lib/terminal/contract";
import { CopilotPanel } from "./copilot/copilot-panel";
import { TerminalMenu } from "./terminal-menu";
import { TerminalPane } from "./terminal-pane";
import { isDarkTerminal, readPreferences, savePreferences, type TerminalPreferences } from "./terminal-preferences";
import { TerminalTabs } from "./terminal-tabs";
import type { TerminalActions } from "./terminal-types";
import { consoleId } from "./terminals-state";
import { type Terminals, useTerminals } from "./use-terminals";

type Props = { shells: ShellInfo[]; actions: TerminalActions /** Whatever was shown last. */; beginsWithConsole: boolean };

/** The reader's terminals: their names, and one or two of them beside each other. */
export function TerminalWorkspace({ shells, actions, beginsWithConsole }: Props) {
  const { user } = useWorkspace();
  const { resolvedTheme } = useTheme();
  const terminals = useTerminals({ userId: user.id, initial: shells, beginsWithConsole, actions });
  const [look, setLook] = useState(() => readPreferences(user.id));
  const [isSearching, setIsSearching] = useState(false);
  const [copilot, setCopilot] = useState<"unopened" | "open" | "hidden">("unopened");
  const toggleCopilot = () => setCopilot(copilot === "open" ? "hidden" : "open");
  const frame = useRef<HTMLDivElement>(null);
  const { panes, active, closing, problem } = terminals;
  // What a console shows is in the page alone: once opened it stays, also out of sight.
  const [wasConsoleOpened, setConsoleOpened] = useState(false);
  if (!wasConsoleOpened && panes.includes(consoleId)) setConsoleOpened(true);
  const drawn = wasConsoleOpened && !panes.includes(consoleId) ? [...panes, consoleId] : panes;
  const activeShellId = terminals.shells.find(({ id }) => id === panes[active])?.id ?? null;
  const changeLook = (changed: Partial<TerminalPreferences>) => {
    setLook({ ...look, ...changed });
    savePreferences(user.id, changed);
  };
  const leave = () => frame.current?.querySelector<HTMLElement>("[aria-current=true]")?.focus();
  const onKeyDown = keyHandler({ terminals, search: () => setIsSearching(true), leave, toggleCopilot });
  return (
    <div ref={frame} className="flex min-h-0 flex-1 flex-col" onKeyDownCapture={onKeyDown}>
      <PageHeader title="Terminal">
        <IconButton
          label="Copilot (Ctrl+Shift+Space)"
          aria-pressed={copilot === "open"}
          disabled={panes.length === 0}
          onClick={toggleCopilot}
        >
          <Sparkles aria-hidden />
        </IconButton>
        <IconButton label="Search (Ctrl+Shift+F)" disabled={panes.length === 0} onClick={() => setIsSearching(true)}>
          <Search aria-hidden />
        </IconButton>
        {panes.length > 1 ? (
          <IconButton label="Show one alone" className="hidden md:inline-flex" onClick={terminals.unsplit}>
            <Square aria-hidden />
          </IconButton>
        ) : (
          <IconButton
            label="Split (Ctrl+Shift+5)"
            className="hidden md:inline-flex"
            disabled={panes.length === 0 || terminals.isBusy}
            onClick={() => void terminals.open("beside")}
          >
            <Columns2 aria-hidden />
          </IconButton>
        )}
        <TerminalMenu look={look} onChange={changeLook} />
      </PageHeader>
      <TerminalTabs terminals={terminals} />
      {problem && (
        <Banner tone="warning" role="alert" className="m-2" actions={<Button onClick={terminals.dismissProblem}>Dismiss</Button>}>
          {problem}
        </Banner>
      )}
      {panes.length === 0 && <NoTerminal terminals={terminals} />}
      <div className={cn("flex min-h-0 flex-1 max-md:flex-col", panes.length === 0 && "hidden")}>
        <div className="flex min-h-0 min-w-0 flex-1 divide-border md:divide-x">
          {drawn.map((id) => {
            const index = panes.indexOf(id);
            const shell = terminals.shells.find((one) => one.id === id);
            const pane = {
              look: { ...look, isDark: isDarkTerminal(look.theme, resolvedTheme === "dark") },
              isActive: index === active,
              isSearching: isSearching && index === active,
              onSearchEnd: () => setIsSearching(false),
            };
            return (
              // On a phone there is room for one.
              <div key={id} className={cn("flex min-w-0 flex-1", index !== active && "max-md:hidden", index < 0 && "hidden")}>
                {shell && <TerminalPane shell={shell} terminals={terminals} {...pane} />}
                {id === consoleId && <ConsolePane onFocus={() => terminals.focus(consoleId)} {...pane} />}
              </div>
            );
          })}
        </div>
        {copilot !== "unopened" && (
          <CopilotPanel shellId={activeShellId} isOpen={copilot === "open"} actions={actions} onClose={toggleCopilot} />
        )}
      </div>
      {closing && (
        <AlertDialog
          open
          onOpenChange={(isOpen) => !isOpen && terminals.cancelClosing()}
          title={`Close ${closing.name}?`}
          description={`“${closing.running}” is running in it and will be ended.`}
          action="Close"
          onAction={() => void terminals.close(closing, true)}
        />
      )}
    </div>
  );
}

function NoTerminal({ terminals }: { terminals: Terminals }) {
  return (
    <div className="m-auto flex flex-col items-center gap-3 p-6 text-center">
      <p className="text-sm text-muted-foreground">A shell on Hearth’s machine. It goes on when you leave this page.</p>
      <Button variant="primary" disabled={terminals.isBusy} onClick={() => void terminals.open()}>
        Open a terminal
      </Button>
    </div>
  );
}

type KeyVerbs = { terminals: Terminals; search: () => void; leave: () => void; toggleCopilot: () => void };

/** The page's own keys, taken before the terminal sees them: Ctrl with Shift, which no shell uses. */
function keyHandler({ terminals, search, leave, toggleCopilot }: KeyVerbs) {
  const step = (by: number) => {
    const { shells, panes, active, show } = terminals;
    const ids = [consoleId, ...shells.map(({ id }) => id)];
    const at = ids.indexOf(panes[active] ?? consoleId);
    const next = ids.at((at + by) % ids.length);
    if (next) show(next);
  };
  const verbs: Record<string, () => void> = {
    "ctrl shift Backquote": () => void terminals.open(),
    "ctrl shift Digit5": () => void (terminals.panes.length === 1 && terminals.open("beside")),
    "ctrl shift KeyF": search,
    "ctrl shift Period": leave,
    "ctrl shift Space": () => void (terminals.panes.length > 0 && toggleCopilot()),
    "alt PageDown": () => step(1),
    "alt PageUp": () => step(-1),
  };
  return (event: KeyboardEvent) => {
    const { ctrlKey, shiftKey, altKey, metaKey, code } = event;
    if (metaKey) return;
    const pressed = [ctrlKey && "ctrl", shiftKey && "shift", altKey && "alt", code].filter(Boolean).join(" ");
    const verb = verbs[pressed];
    if (!verb) return;
    event.preventDefault();
    event.stopPropagation();
    verb();
  };
}
