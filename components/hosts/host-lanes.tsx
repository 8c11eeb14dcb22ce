"use client";

import { CircleAlert } from "lucide-react";
import { RowAction } from "@/components/settings/row-action";
import { Banner } from "@/components/ui/banner";
import type { UpstreamView } from "@/lib/gateway/hosts/contract";
import type { HostProps } from "./host-types";
import { laneText, timeLeft } from "./host-words";

/** What a host has to do, model by model, or that it has nothing to; and the models it is left alone with. */
export function HostLanes({ host, now, actions }: HostProps) {
  const busy = host.lanes.filter(({ running, waiting }) => running > 0 || waiting > 0);
  const leftAlone = host.lanes.filter(({ breaker, pausedUntil }) => breaker.state !== "closed" || pausedUntil !== null);
  const isQuiet = host.enabled && host.kind !== "embedded" && busy.length + leftAlone.length === 0;
  return (
    <>
      {isQuiet && <p className="text-sm text-muted-foreground">No call is under way or in line · breakers closed</p>}
      {busy.length > 0 && (
        <ul aria-label={`What ${host.name} has to do`} className="flex flex-col gap-1 text-sm text-muted-foreground">
          {busy.map((lane) => (
            <li key={lane.model} className="break-words">
              {lane.model}: {laneText(lane)}
            </li>
          ))}
        </ul>
      )}
      {leftAlone.map((lane) => (
        <LeftAlone key={lane.model} lane={lane} host={host} now={now} actions={actions} />
      ))}
    </>
  );
}

/** Why a host is left alone with a model and for how long, and the button that ends it. */
function LeftAlone({ lane, host, now, actions }: HostProps & { lane: UpstreamView["lanes"][number] }) {
  const { model, breaker, pausedUntil } = lane;
  const isBroken = breaker.state !== "closed";
  const untilMs = Math.max(breaker.until?.getTime() ?? 0, pausedUntil?.getTime() ?? 0);
  const isOver = untilMs <= now.getTime();
  return (
    <Banner
      tone="warning"
      icon={CircleAlert}
      title={isOver ? `${model} is tried again with the next call` : `${model} is left alone for ${timeLeft(new Date(untilMs), now)}`}
      actions={
        <RowAction
          id={model}
          label={isBroken ? "Close breaker" : "Ask again now"}
          name={isBroken ? `Close the breaker of ${model}` : `Ask ${host.name} for ${model} again now`}
          run={({ id }) => actions.closeBreaker({ id: host.id, model: id })}
          done={`Calls to ${model} go to ${host.name} again.`}
        />
      }
    >
      {isBroken ? `It kept failing. ${breaker.reason ?? ""}` : "The host asked for patience."}
    </Banner>
  );
}
