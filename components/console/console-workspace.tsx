import { Search } from "lucide-react";
import { useTheme } from "next-themes";
import { type KeyboardEvent, useRef, useState } from "react";
import { ShellsMissing } from "@/components/terminal/shells-missing";
import { TerminalMenu } from "@/components/terminal/terminal-menu";
import { isDarkTerminal, readPreferences, savePreferences, type TerminalPreferences } from "@/components/terminal/terminal-preferences";
import type { MissingState } from "@/components/terminal/terminal-types";
import { IconButton } from "@/components/ui/icon-button";
import { PageHeader } from "@/components/workspace/page-header";
import { useWorkspace } from "@/components/workspace/workspace-context";
import { ConsolePane } from "./console-pane";

const keys = [
  ["Search", "Ctrl+Shift+F"],
  ["Copy, paste", "Ctrl+Shift+C, V"],
  ["Out of the console", "Ctrl+Shift+."],
];

/** The console alone, for whom there are no shells. `missing` tells an admin why, and what to do about it. */
export function ConsoleWorkspace({ missing }: { missing: MissingState | null }) {
  const { user } = useWorkspace();
  const { resolvedTheme } = useTheme();
  const [look, setLook] = useState(() => readPreferences(user.id));
  const [isSearching, setIsSearching] = useState(false);
  const searchButton = useRef<HTMLButtonElement>(null);
  const change = (changed: Partial<TerminalPreferences>) => {
    setLook({ ...look, ...changed });
    savePreferences(user.id, changed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.ctrlKey || !event.shiftKey) return;
    if (event.code === "KeyF") setIsSearching(true);
    else if (event.code === "Period") searchButton.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDownCapture={onKeyDown}>
      <PageHeader title="Terminal">
        <IconButton ref={searchButton} label="Search (Ctrl+Shift+F)" onClick={() => setIsSearching(true)}>
          <Search aria-hidden />
        </IconButton>
        <TerminalMenu look={look} onChange={change} keys={keys} />
      </PageHeader>
      {missing && <ShellsMissing state={missing} />}
      <ConsolePane
        look={{ ...look, isDark: isDarkTerminal(look.theme, resolvedTheme === "dark") }}
        isActive
        isSearching={isSearching}
        onSearchEnd={() => setIsSearching(false)}
      />
    </div>
  );
}
