"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Where toasts appear. Call `toast()` of `sonner` to show one. */
export function Toaster() {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme === "light" || theme === "dark" ? theme : "system"}
      position="top-right"
      closeButton={false}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "flex w-full items-center gap-3 rounded-lg border border-border bg-popover p-3 text-sm text-foreground shadow-floating",
          title: "font-medium",
          description: "text-muted-foreground",
          content: "min-w-0 grow",
          actionButton: "pressable ml-auto h-7 shrink-0 rounded-md bg-muted px-2.5 text-xs font-medium hover:bg-selected",
        },
      }}
    />
  );
}
