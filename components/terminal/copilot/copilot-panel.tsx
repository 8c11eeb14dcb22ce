"use client";

import { Trash2, X } from "lucide-react";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { useChatOptions } from "@/components/chat/use-chat-options";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/core/class-names";
import { mountedTerminals } from "../mounted-terminals";
import type { TerminalActions } from "../terminal-types";
import { CopilotComposer } from "./copilot-composer";
import { CopilotTurn } from "./copilot-turn";
import { insertCommand } from "./insert-command";
import { lastProposal } from "./shell-blocks";
import { useAttachment } from "./use-attachment";
import { useCopilot } from "./use-copilot";

type Props = { shellId: string | null; isOpen: boolean; actions: TerminalActions; onClose: () => void };

/** A conversation about the active terminal, beside it; on a phone below it. Proposes commands, and runs none. */
export function CopilotPanel({ shellId, isOpen, actions, onClose }: Props) {
  const { modelId } = useChatOptions(undefined);
  const { turns, isRunning, ask, stop, clear } = useCopilot(modelId);
  const attachment = useAttachment(shellId, isOpen, actions);
  const [refusal, setRefusal] = useState<string | null>(null);
  const frame = useRef<HTMLElement>(null);
  const shown = useRef(shellId);
  shown.current = shellId;
  const end = useRef<HTMLDivElement>(null);
  const latest = turns.at(-1);
  const proposal = isRunning || !latest ? null : lastProposal(latest.answer);

  const insert = useCallback(async (code: string) => setRefusal(await insertCommand(shellId, code, actions)), [shellId, actions]);
  const onInsert = useCallback((code: string) => void insert(code), [insert]);
  const onAsk = (question: string) => {
    setRefusal(null);
    void attachment.take().then((taken) => ask(question, taken));
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !proposal || !isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    onInsert(proposal);
  });
  useEffect(() => {
    // At the window and first: the terminal would take the key for itself.
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
  useEffect(() => {
    if (isOpen) frame.current?.querySelector("textarea")?.focus();
    else mountedTerminals.get(shown.current ?? "")?.terminal.focus();
  }, [isOpen]);
  const answer = latest?.answer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what grows is what is to be followed
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [turns.length, answer, refusal]);

  return (
    <aside
      ref={frame}
      aria-label="Copilot"
      className={cn(
        "flex min-h-0 flex-col border-border bg-background max-md:h-[55%] max-md:border-t md:w-96 md:shrink-0 md:border-l",
        !isOpen && "hidden",
      )}
      onFocusCapture={(event) => !event.currentTarget.contains(event.relatedTarget) && attachment.refresh()}
      onPointerEnter={attachment.refresh}
    >
      <header className="flex h-10 shrink-0 items-center gap-1 border-b border-border px-3">
        <h2 className="text-sm font-medium">Copilot</h2>
        <span className="min-w-0 flex-1 truncate text-xs text-muted-foreground">{modelId ?? "no model"}</span>
        <IconButton size="sm" label="Clear the conversation" disabled={turns.length === 0} onClick={clear}>
          <Trash2 aria-hidden />
        </IconButton>
        <IconButton size="sm" label="Close the copilot" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <section aria-label="Answers" className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-3">
        {turns.length === 0 && (
          <p className="text-sm text-muted-foreground">
            Ask about what you have selected, or about the last command. What it proposes is put at the prompt; you run it.
          </p>
        )}
        {turns.map((turn) => (
          <CopilotTurn key={turn.id} turn={turn} onInsert={onInsert} />
        ))}
        {refusal && (
          <p role="alert" className="text-sm text-destructive">
            {refusal}
          </p>
        )}
        <div ref={end} />
      </section>
      {proposal && (
        <p className="shrink-0 px-3 pb-2 text-xs text-muted-foreground max-md:hidden">
          <kbd>Ctrl/⌘ + Enter</kbd> inserts the last command
        </p>
      )}
      <CopilotComposer
        attachment={attachment.attachment}
        canAttach={attachment.canAttach}
        onLeaveOut={attachment.leaveOut}
        onAttach={attachment.attach}
        isRunning={isRunning}
        onAsk={onAsk}
        onStop={stop}
      />
    </aside>
  );
}
