"use client";

import { Activity, BookOpen, LogOut, Settings, SquareTerminal } from "lucide-react";
import Link from "next/link";
import { useTheme } from "next-themes";
import type { ReactElement } from "react";
import { toast } from "sonner";
import { forgetOwn } from "@/components/chat/own-keys";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

/** The account's menu; open from the start. */
export function AccountMenuContent({ trigger, user }: { trigger: ReactElement; user: { id: string; email: string; role: string } }) {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="start" className="w-60">
        <DropdownMenuLabel className="truncate">{user.email}</DropdownMenuLabel>
        <DropdownMenuItem asChild>
          <Link href="/settings">
            <Settings aria-hidden />
            Settings
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href="/terminal" prefetch={false}>
            <SquareTerminal aria-hidden />
            Terminal
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href="/monitoring">
            <Activity aria-hidden />
            Monitoring
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <a href="/docs/api">
            <BookOpen aria-hidden />
            API reference
          </a>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup aria-label="Theme" value={theme} onValueChange={setTheme}>
          <DropdownMenuRadioItem value="light">Light</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">Dark</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="system">System</DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void leave(user.id)}>
          <LogOut aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** Signs out, and leaves nothing of what the reader wrote to whoever uses this browser next. */
async function leave(userId: string) {
  try {
    const { signOut } = await import("next-auth/react");
    await signOut({ redirect: false });
    forgetOwn(userId);
    window.location.assign("/sign-in");
  } catch {
    toast.error("Hearth cannot be reached, so that you are still signed in. Try again in a moment.");
  }
}
