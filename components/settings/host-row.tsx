"use client";

import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import { describeTest, type HostActions, hostKinds, type ModelHost } from "./host-types";
import { RowAction } from "./row-action";
import { useSubmit } from "./use-submit";

/** One model host: how it is, and what can be done with it. Values of the environment can only be tested. */
export function HostRow({ host, actions }: { host: ModelHost; actions: HostActions }) {
  const { id, name, kind, baseUrl, source, hasKey } = host;
  const ask = { title: `Delete ${name}?`, description: "Its models can no longer be used, and its stored key is deleted. Chats stay." };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <span className="break-all">{name}</span>
          <HostState host={host} />
          {source !== "saved" && <Badge>{source === "environment" ? "Environment" : "Built in"}</Badge>}
        </p>
        <p className="text-sm break-all text-muted-foreground">
          {kind !== "embedded" && hostKinds[kind]}
          {baseUrl && ` · ${baseUrl}`}
          {hasKey && " · key stored"}
        </p>
        {host.state === "down" && host.error && <p className="text-sm break-words text-destructive">{host.error}</p>}
      </div>
      <div className="flex items-center gap-2">
        <TestButton id={id} test={actions.testHost} />
        {source === "saved" && (
          <>
            <RowAction id={id} label="Delete" run={actions.removeHost} done={`${name} is deleted.`} ask={ask} />
            <EnabledSwitch host={host} change={actions.changeHost} />
          </>
        )}
      </div>
    </li>
  );
}

function HostState({ host: { enabled, state, modelCount } }: { host: ModelHost }) {
  if (!enabled) return <Badge>Off</Badge>;
  if (state === "up") return <Badge tone="success">{modelCount === 1 ? "1 model" : `${modelCount} models`}</Badge>;
  return state === "down" ? <Badge tone="danger">Does not answer</Badge> : <Badge>Not checked yet</Badge>;
}

function TestButton({ id, test }: { id: string; test: HostActions["testHost"] }) {
  const { submit, isBusy } = useSubmit(async () => {
    const result = await test({ id });
    if (!result.ok) toast.error(result.problem.detail);
    else if (result.value.ok) toast.success(describeTest(result.value));
    else toast.error(describeTest(result.value));
    return result;
  });
  return (
    <Button size="sm" disabled={isBusy} onClick={() => void submit(undefined)}>
      {isBusy ? "Testing…" : "Test"}
    </Button>
  );
}

function EnabledSwitch({ host, change }: { host: ModelHost; change: HostActions["changeHost"] }) {
  const { submit, isBusy } = useSubmit(async (enabled: boolean) => {
    const result = await change({ id: host.id, enabled });
    if (!result.ok) toast.error(result.problem.detail);
    return result;
  });
  return (
    <Switch aria-label={`Use ${host.name}`} checked={host.enabled} disabled={isBusy} onCheckedChange={(enabled) => void submit(enabled)} />
  );
}
