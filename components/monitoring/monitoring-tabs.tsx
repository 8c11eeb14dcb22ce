"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/lib/core/class-names";

const places = [
  { href: "/monitoring", name: "Overview" },
  { href: "/monitoring/calls", name: "Calls" },
  { href: "/monitoring/usage", name: "Usage" },
  { href: "/monitoring/logs", name: "Logs", isForAdmins: true },
];

/** The names of the monitoring's pages that the reader may see. */
export function MonitoringTabs({ isAdmin }: { isAdmin: boolean }) {
  const pathname = usePathname();
  const shown = places.filter(({ isForAdmins = false }) => isAdmin || !isForAdmins);
  return (
    <nav aria-label="Monitoring" className="border-b border-border">
      <ul className="-mb-px flex gap-1">
        {shown.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={pathname === href ? "page" : undefined}
              className={cn(
                "pressable focus-inset flex h-9 items-center border-b-2 border-transparent px-2.5 text-sm text-muted-foreground hover:text-foreground",
                pathname === href && "border-primary font-medium text-foreground",
              )}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
