import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ModelsProvider } from "@/components/models/models-context";
import { AlertBell } from "@/components/monitoring/alerts/alert-bell";
import { Sidebar } from "@/components/sidebar/sidebar";
import { ChatEventsProvider } from "@/components/workspace/chat-events";
import { preferenceCookies } from "@/components/workspace/preference-names";
import { SidebarProvider } from "@/components/workspace/sidebar-state";
import { WorkspaceProvider } from "@/components/workspace/workspace-context";
import { WorkspaceShell } from "@/components/workspace/workspace-shell";
import { pageCaller } from "@/lib/auth/page-caller";
import { listConversations } from "@/lib/chat/list-conversations";
import { listActive } from "@/lib/monitoring/alerts/list-alerts";
import { loadWorkspace } from "./load-workspace";
import { readerTimeZone } from "./reader-time-zone";

const sidebarPage = 50;

/** Everything behind the sign-in: the sidebar, live, and the page beside it. */
export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const caller = await pageCaller();
  const jar = await cookies();
  const isAdmin = caller.role === "admin";
  const [data, conversations, alerts] = await Promise.all([
    loadWorkspace(caller, jar.get(preferenceCookies.model)?.value ?? null),
    listConversations({ ownerId: caller.userId, limit: sidebarPage }),
    isAdmin ? listActive() : null,
  ]);
  const clock = { timeZone: await readerTimeZone(), now: new Date().toISOString() };
  return (
    <WorkspaceProvider data={data}>
      <ChatEventsProvider>
        <ModelsProvider>
          <SidebarProvider initiallyCollapsed={jar.get(preferenceCookies.sidebar)?.value === "collapsed"}>
            <WorkspaceShell
              sidebar={<Sidebar conversations={conversations} clock={clock} notice={alerts && <AlertBell initial={alerts.unseen} />} />}
            >
              {children}
            </WorkspaceShell>
          </SidebarProvider>
        </ModelsProvider>
      </ChatEventsProvider>
    </WorkspaceProvider>
  );
}
