"use client";

import { Pencil, Trash2 } from "lucide-react";
import { type ReactElement, type RefObject, useRef } from "react";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";
import { neighbourLink } from "./neighbour-link";

type Props = { trigger: ReactElement; row: RefObject<HTMLElement | null>; onRename: () => void; onRemove: () => void };

/** The menu of a conversation in the list; open from the start. */
export function RowMenu({ trigger, row, onRename, onRemove }: Props) {
  const neighbour = useRef<HTMLElement>(undefined);
  const remove = () => {
    neighbour.current = row.current ? neighbourLink(row.current) : undefined;
    onRemove();
  };
  // The button has the focus back, unless it is gone with its row, or the field for a new title has taken it.
  const giveFocus = (event: Event) => {
    if (neighbour.current || document.activeElement?.tagName === "INPUT") event.preventDefault();
    neighbour.current?.focus();
  };
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" onCloseAutoFocus={giveFocus}>
        <DropdownMenuItem onSelect={onRename}>
          <Pencil aria-hidden />
          Rename
        </DropdownMenuItem>
        <DropdownMenuItem destructive onSelect={remove}>
          <Trash2 aria-hidden />
          Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
