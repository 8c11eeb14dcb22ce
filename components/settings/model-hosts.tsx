import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import { AddHost } from "./add-host";
import { HostRow } from "./host-row";
import type { HostActions, ModelHost } from "./host-types";

/** The hosts that models are asked at: those of the environment as they are, the others to change. */
export function ModelHosts({ hosts, actions }: { hosts: ModelHost[]; actions: HostActions }) {
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <CardTitle>Model hosts</CardTitle>
          <CardDescription>Ollama, hosted services and any server that speaks OpenAI’s protocol.</CardDescription>
        </div>
        <AddHost add={actions.addHost} test={actions.testHost} />
      </div>
      <ul className="flex flex-col divide-y divide-border">
        {hosts.map((host) => (
          <HostRow key={host.id} host={host} actions={actions} />
        ))}
      </ul>
    </Card>
  );
}
