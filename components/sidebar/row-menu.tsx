"use client";

import { Pencil, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";

type Props = { trigger: ReactElement; onRename: () => void; onRemove: () => void };

/** The menu of a conversation in the list; open from the start. */
export function RowMenu({ trigger, onRename, onRemove }: Props) {
  const keepFieldFocused = (event: Event) => {
    if (document.activeElement?.tagName === "INPUT") event.preventDefault();
  };
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" onCloseAutoFocus={keepFieldFocused}>
        <DropdownMenuItem onSelect={onRename}>
          <Pencil aria-hidden />
          Rename
        </DropdownMenuItem>
        <DropdownMenuItem destructive onSelect={onRemove}>
          <Trash2 aria-hidden />
          Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
