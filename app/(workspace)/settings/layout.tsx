import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SettingsNav } from "@/components/settings/settings-nav";
import { PageHeader } from "@/components/workspace/page-header";
import { pageCaller } from "@/lib/auth/page-caller";

export const metadata: Metadata = { title: "Settings" };

/** The frame of all settings: their names beside the chosen one. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const caller = await pageCaller();
  return (
    <>
      <PageHeader title="Settings" />
      {/* Positioned, so that what hides itself out of the flow, as a select's native twin does, adds nothing to the page's height. */}
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-4xl flex-col gap-x-10 gap-y-4 px-4 pt-2 pb-16 md:flex-row md:px-6 md:pt-6">
          <SettingsNav isAdmin={caller.role === "admin"} />
          <div className="flex min-w-0 flex-1 flex-col gap-6">{children}</div>
        </div>
      </div>
    </>
  );
}
