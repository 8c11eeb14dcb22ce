"use client";

import {
  Activity,
  ChartNoAxesColumn,
  Cpu,
  Gauge,
  KeyRound,
  type LucideIcon,
  MonitorSmartphone,
  Palette,
  Server,
  User,
  Users,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/lib/core/class-names";

type Place = { href: string; name: string; icon: LucideIcon; adminOnly?: boolean };

const places: Place[] = [
  { href: "/settings", name: "Profile", icon: User },
  { href: "/settings/sessions", name: "Sessions", icon: MonitorSmartphone },
  { href: "/settings/keys", name: "Keys", icon: KeyRound },
  { href: "/settings/appearance", name: "Appearance", icon: Palette },
  { href: "/settings/usage", name: "Usage", icon: ChartNoAxesColumn },
  { href: "/settings/hosts", name: "Hosts", icon: Server, adminOnly: true },
  { href: "/settings/models", name: "Models", icon: Cpu, adminOnly: true },
  { href: "/settings/people", name: "People", icon: Users, adminOnly: true },
  { href: "/settings/limits", name: "Limits and budgets", icon: Gauge, adminOnly: true },
  { href: "/settings/monitoring", name: "Monitoring", icon: Activity, adminOnly: true },
];

/** The names of all settings: a column, or a row on phones. */
export function SettingsNav({ isAdmin }: { isAdmin: boolean }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Settings" className="shrink-0 md:sticky md:top-6 md:w-44 md:self-start md:pt-1">
      <ul className="-mx-2 flex flex-wrap gap-0.5 md:mx-0 md:flex-col md:gap-1">
        {places
          .filter((place) => isAdmin || !place.adminOnly)
          .map(({ href, name, icon: Icon }) => (
            <li key={href}>
              <Link
                href={href}
                aria-current={pathname === href ? "page" : undefined}
                className={cn(
                  "pressable flex h-8 items-center gap-2 rounded-md px-2 text-sm whitespace-nowrap md:px-2.5 text-muted-foreground hover:bg-hover hover:text-foreground",
                  pathname === href && "bg-selected text-foreground",
                )}
              >
                <Icon aria-hidden className="hidden size-4 shrink-0 md:block" />
                {name}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
