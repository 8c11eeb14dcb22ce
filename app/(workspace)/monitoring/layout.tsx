import type { Metadata } from "next";
import type { ReactNode } from "react";
import { MonitoringTabs } from "@/components/monitoring/monitoring-tabs";
import { PageHeader } from "@/components/workspace/page-header";
import { pageCaller } from "@/lib/auth/page-caller";

export const metadata: Metadata = { title: "Monitoring" };

/** The frame of all monitoring: the names of its pages over the chosen one. */
export default async function MonitoringLayout({ children }: { children: ReactNode }) {
  const { role } = await pageCaller();
  return (
    <>
      <PageHeader title="Monitoring" />
      <div className="min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]">
        <div className="mx-auto flex w-full max-w-7xl flex-col gap-4 px-4 pb-16 md:px-6">
          <MonitoringTabs isAdmin={role === "admin"} />
          {children}
        </div>
      </div>
    </>
  );
}
