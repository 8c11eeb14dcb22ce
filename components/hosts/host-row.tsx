"use client";

import { toast } from "sonner";
import { api } from "@/components/api/api";
import { outcomeOf } from "@/components/api/outcome";
import { relativeTime } from "@/components/settings/relative-time";
import { RowAction } from "@/components/settings/row-action";
import { useSubmit } from "@/components/settings/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import type { checkUpstream, UpstreamView } from "@/lib/gateway/hosts/contract";
import { EditHost } from "./edit-host";
import { HostLanes } from "./host-lanes";
import { describeTest, type HostActions, type HostProps, hostKinds } from "./host-types";
import { parallelText } from "./host-words";
import { LoadedModels } from "./loaded-models";
import { Sparkline } from "./sparkline";

const sources: Record<UpstreamView["source"], string> = { saved: "Saved", environment: "Environment", "built-in": "Built in" };

/** One model host: how it is, what it has to do, and what can be done with it. */
export function HostRow({ host, now, actions }: HostProps) {
  const { name, kind, baseUrl, source, hasKey } = host;
  return (
    <li className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
            <span className="break-all">{name}</span>
            <HostState host={host} />
            <Badge>{sources[source]}</Badge>
          </p>
          <p className="text-sm break-all text-muted-foreground">
            {kind === "embedded" ? "The model on this machine" : hostKinds[kind]}
            {baseUrl && ` · ${baseUrl}`}
            {hasKey && " · key stored"}
          </p>
          <p className="text-sm text-muted-foreground">{parallelText(host)}</p>
        </div>
        <Buttons host={host} actions={actions} />
      </div>
      {host.enabled && (host.since || host.checksMs.length > 0) && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
          <Sparkline checksMs={host.checksMs} />
          {host.since && (
            <span className="text-muted-foreground">
              {host.state === "up" ? "It began to answer" : "It stopped answering"} {relativeTime(host.since, now)}
            </span>
          )}
        </div>
      )}
      {host.enabled && host.state === "down" && host.error && <p className="text-sm break-words text-destructive">{host.error}</p>}
      <LoadedModels host={host} now={now} />
      <HostLanes host={host} now={now} actions={actions} />
    </li>
  );
}

function Buttons({ host, actions }: Omit<HostProps, "now">) {
  const { id, name, source } = host;
  const ask = { title: `Delete ${name}?`, description: "Its models can no longer be used, and its stored key is deleted. Chats stay." };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <TestButton id={id} name={name} />
      <EditHost host={host} change={actions.changeHost} />
      {source === "saved" && (
        <>
          <RowAction id={id} label="Delete" name={`Delete ${name}`} run={actions.removeHost} done={`${name} is deleted.`} ask={ask} />
          <EnabledSwitch host={host} change={actions.changeHost} />
        </>
      )}
    </div>
  );
}

function HostState({ host: { enabled, state, modelCount } }: { host: UpstreamView }) {
  if (!enabled) return <Badge>Off</Badge>;
  if (state === "up") return <Badge tone="success">{modelCount === 1 ? "1 model" : `${modelCount} models`}</Badge>;
  return state === "down" ? <Badge tone="danger">Does not answer</Badge> : <Badge>Not checked yet</Badge>;
}

function TestButton({ id, name }: { id: string; name: string }) {
  const { submit, isBusy } = useSubmit(async () => {
    const result = await outcomeOf(api<typeof checkUpstream>("POST", `/api/v1/upstreams/${id}/check`));
    if (result.ok) toast[result.value.ok ? "success" : "error"](describeTest(result.value));
    return result;
  }, toast.error);
  return (
    <Button size="sm" aria-label={`Test ${name}`} disabled={isBusy} onClick={() => void submit(undefined)}>
      {isBusy ? "Testing…" : "Test"}
    </Button>
  );
}

function EnabledSwitch({ host, change }: { host: UpstreamView; change: HostActions["changeHost"] }) {
  const { submit, isBusy } = useSubmit((enabled: boolean) => change({ id: host.id, enabled }), toast.error);
  return (
    <Switch aria-label={`Use ${host.name}`} checked={host.enabled} disabled={isBusy} onCheckedChange={(enabled) => void submit(enabled)} />
  );
}
