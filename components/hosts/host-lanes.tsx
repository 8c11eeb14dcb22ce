"use client";

import { CircleAlert } from "lucide-react";
import { RowAction } from "@/components/settings/row-action";
import { Banner } from "@/components/ui/banner";
import type { HostProps } from "./host-types";
import { laneText, timeLeft } from "./host-words";

/** What a host has to do, model by model, or that it has nothing to; and the models it is left alone with because it kept failing. */
export function HostLanes({ host, now, actions }: HostProps) {
  const busy = host.lanes.filter(({ running, waiting }) => running > 0 || waiting > 0);
  const broken = host.lanes.filter(({ breaker }) => breaker.state !== "closed");
  const isQuiet = host.enabled && host.kind !== "embedded" && busy.length + broken.length === 0;
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
      {broken.map(({ model, breaker: { until, reason } }) => {
        const isOver = until === null || until <= now;
        return (
          <Banner
            key={model}
            tone="warning"
            icon={CircleAlert}
            title={isOver ? `${model} is tried again with the next call` : `${model} is left alone for ${timeLeft(until, now)}`}
            actions={
              <RowAction
                id={model}
                label="Close breaker"
                name={`Close the breaker of ${model}`}
                run={({ id }) => actions.closeBreaker({ id: host.id, model: id })}
                done={`Calls to ${model} go to ${host.name} again.`}
              />
            }
          >
            It kept failing. {reason}
          </Banner>
        );
      })}
    </>
  );
}
