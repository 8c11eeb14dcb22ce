"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** The header has the way to the chats and to a new one, and stays within reach. */
const underHeader = { top: "3.5rem" };

/** Where toasts appear. Call `toast()` of `sonner` to show one. */
export function Toaster() {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme === "light" || theme === "dark" ? theme : "system"}
      position="top-right"
      offset={underHeader}
      mobileOffset={underHeader}
      closeButton={false}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "flex w-full items-center gap-3 rounded-lg border border-border bg-popover p-3 text-sm text-foreground shadow-floating",
          title: "font-medium",
          // Sonner colours it by itself in the dark.
          description: "text-muted-foreground!",
          content: "min-w-0 grow",
          actionButton:
            "pressable ml-auto h-7 shrink-0 rounded-md border border-border bg-background px-2.5 text-xs font-medium hover:bg-hover active:bg-selected",
        },
      }}
    />
  );
}
