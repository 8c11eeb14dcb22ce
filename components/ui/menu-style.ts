/** How floating lists look: menus, selects and pickers. */
export const menuStyle =
  "z-50 max-h-(--radix-popper-available-height) min-w-44 animate-pop-in overflow-y-auto rounded-lg border border-border bg-popover p-1 text-sm text-foreground shadow-floating outline-none";

/** How one entry of such a list looks. */
export const menuItemStyle =
  "flex min-h-8 w-full cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm outline-none select-none hover:bg-hover focus:bg-hover data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0";
