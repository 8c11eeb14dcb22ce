import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/core/class-names";
import type { ShellInfo } from "@/lib/terminal/contract";
import { consoleId } from "./terminals-state";
import type { Terminals } from "./use-terminals";

/** The console, and the names of the terminals: show one, rename it (double press or F2), close it, begin another. */
export function TerminalTabs({ terminals }: { terminals: Terminals }) {
  const { shells, panes, active } = terminals;
  return (
    <div className="flex shrink-0 items-center gap-1 overflow-x-auto border-b border-border bg-sidebar px-2 py-1">
      <button
        type="button"
        aria-current={panes[active] === consoleId}
        onClick={() => terminals.show(consoleId)}
        className={cn(
          "pressable focus-inset h-8 shrink-0 rounded-md px-2.5 text-sm hover:bg-hover",
          panes.includes(consoleId) && "bg-hover",
          panes[active] === consoleId && "bg-selected",
        )}
      >
        Console
      </button>
      <ul aria-label="Terminals" className="flex items-center gap-1">
        {shells.map((shell) => (
          <Tab
            key={shell.id}
            shell={shell}
            terminals={terminals}
            isActive={panes[active] === shell.id}
            isShown={panes.includes(shell.id)}
          />
        ))}
      </ul>
      <IconButton label="New terminal (Ctrl+Shift+`)" size="sm" disabled={terminals.isBusy} onClick={() => void terminals.open()}>
        <Plus aria-hidden />
      </IconButton>
    </div>
  );
}

type TabProps = { shell: ShellInfo; terminals: Terminals; isActive: boolean; isShown: boolean };

function Tab({ shell, terminals, isActive, isShown }: TabProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  const finish = (name: string | null) => {
    setIsRenaming(false);
    if (name && name !== shell.name) void terminals.rename(shell.id, name);
  };
  return (
    <li
      className={cn(
        "group flex h-8 shrink-0 items-center rounded-md pr-0.5 hover:bg-hover",
        isShown && "bg-hover",
        isActive && "bg-selected",
      )}
    >
      {isRenaming ? (
        <NameField name={shell.name} onFinish={finish} />
      ) : (
        <button
          type="button"
          aria-current={isActive}
          title="Double press or F2 renames"
          onClick={() => terminals.show(shell.id)}
          onDoubleClick={() => setIsRenaming(true)}
          onKeyDown={(event) => event.key === "F2" && setIsRenaming(true)}
          className={cn(
            "pressable focus-inset h-full max-w-40 truncate rounded-md px-2.5 text-sm",
            shell.ended && "text-muted-foreground line-through",
          )}
        >
          {shell.name}
        </button>
      )}
      <IconButton label={`Close ${shell.name}`} size="sm" className="size-6" onClick={() => void terminals.close(shell)}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}

function NameField({ name, onFinish }: { name: string; onFinish: (name: string | null) => void }) {
  const isDone = useRef(false);
  const finish = (value: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    onFinish(value?.trim() || null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.nativeEvent.isComposing) finish(event.currentTarget.value);
    if (event.key === "Escape") finish(null);
  };
  return (
    <input
      ref={selectAll}
      aria-label="Name of the terminal"
      defaultValue={name}
      maxLength={60}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value)}
      className="mx-1 h-6 w-32 rounded-sm border border-ring bg-background px-1.5 text-sm"
    />
  );
}

const selectAll = (field: HTMLInputElement | null) => field?.select();
