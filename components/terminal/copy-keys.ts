import { toast } from "sonner";
import { copyText } from "@/components/ui/copy-text";
import type { BrowserTerminal } from "./create-terminal";

/** Copy and paste have Shift beside Ctrl, which alone goes to the shell. @returns whether the key is not for the shell */
export function takeCopyKey(event: KeyboardEvent, { terminal }: BrowserTerminal): boolean {
  if (event.type !== "keydown" || !event.ctrlKey || !event.shiftKey) return false;
  if (event.code === "KeyC") {
    event.preventDefault();
    if (terminal.hasSelection()) void copySelection(terminal.getSelection());
    return true;
  }
  // The browser pastes by itself, which works over plain HTTP too.
  return event.code === "KeyV";
}

async function copySelection(text: string): Promise<void> {
  if (!(await copyText(text))) toast.error("The browser did not allow copying.");
}
