"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/lib/core/class-names";

const places = [
  { href: "/monitoring", name: "Overview" },
  { href: "/monitoring/calls", name: "Calls" },
  { href: "/monitoring/traces", name: "Traces" },
  { href: "/monitoring/usage", name: "Usage" },
  { href: "/monitoring/logs", name: "Logs", isForAdmins: true },
  { href: "/monitoring/alerts", name: "Alerts", isForAdmins: true },
  { href: "/monitoring/audit", name: "Audit", isForAdmins: true },
];

/** The names of the monitoring's pages that the reader may see. */
export function MonitoringTabs({ isAdmin }: { isAdmin: boolean }) {
  const pathname = usePathname();
  const shown = places.filter(({ isForAdmins = false }) => isAdmin || !isForAdmins);
  return (
    <nav aria-label="Monitoring" className="relative overflow-x-auto border-b border-border">
      <ul className="-mb-px flex gap-1">
        {shown.map(({ href, name }) => (
          <li key={href}>
            <Link
              ref={isAt(pathname, href) ? bringIntoView : undefined}
              href={href}
              aria-current={isAt(pathname, href) ? "page" : undefined}
              className={cn(
                "pressable focus-inset flex h-9 items-center border-b-2 border-transparent px-2.5 text-sm text-muted-foreground hover:text-foreground",
                isAt(pathname, href) && "border-primary font-medium text-foreground",
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

/** On a phone not all of them fit side by side. */
function bringIntoView(link: HTMLElement | null): void {
  const nav = link?.closest("nav");
  if (link && nav) nav.scrollLeft = link.offsetLeft - (nav.clientWidth - link.offsetWidth) / 2;
}

/** Whether a page is the place, or one below it; every page is below the first. */
const isAt = (pathname: string, href: string) => pathname === href || (href !== "/monitoring" && pathname.startsWith(`${href}/`));
