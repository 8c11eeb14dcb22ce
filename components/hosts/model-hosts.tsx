import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import { LiveRefresh } from "@/components/workspace/live-refresh";
import type { UpstreamView } from "@/lib/gateway/hosts/contract";
import { AddHost } from "./add-host";
import { HostRow } from "./host-row";
import type { HostActions } from "./host-types";

/** The hosts that models are asked at, as they are now: those of the environment as they are, the others to change. */
export function ModelHosts({ hosts, now, actions }: { hosts: UpstreamView[]; now: Date; actions: HostActions }) {
  return (
    <Card>
      <LiveRefresh />
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <CardTitle>Model hosts</CardTitle>
          <CardDescription>Ollama, hosted services and any server that speaks OpenAI’s protocol.</CardDescription>
        </div>
        <AddHost add={actions.addHost} />
      </div>
      {hosts.length === 0 && <p className="text-sm text-muted-foreground">There is no model host yet.</p>}
      <ul className="flex flex-col divide-y divide-border">
        {hosts.map((host) => (
          <HostRow key={host.id} host={host} now={now} actions={actions} />
        ))}
      </ul>
    </Card>
  );
}
