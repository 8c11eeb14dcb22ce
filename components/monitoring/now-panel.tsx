"use client";

import { Badge } from "@/components/ui/badge";
import { useLive } from "./live/live-page";
import type { HostNow, NowFigures } from "./now-figures";

const mb = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/**
 * What is going on now, whatever time is looked at: calls under way and in line, replies, this process, hosts and their
 * breakers. `atFirst` is how it was when the page was made; from then on the page's stream says it.
 */
export function NowPanel({ atFirst }: { atFirst: NowFigures }) {
  const { now } = useLive();
  const { hosts, running, waiting, replies, residentMb, heapMb, uptimeMinutes } = now ?? atFirst;
  return (
    <section aria-label="Now" className="flex flex-wrap items-start gap-x-8 gap-y-3 rounded-lg border border-border bg-card px-4 py-3">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Fact name="Under way" value={`${running}`} title="Calls that a host is answering" />
        <Fact name="In line" value={`${waiting}`} title="Calls that wait for a place at a host" />
        <Fact name="Replies" value={`${replies}`} title="Replies that are being written" />
        <Fact name="Memory" value={`${mb.format(residentMb)} MB`} title="Resident memory of this process" />
        <Fact name="Heap" value={`${mb.format(heapMb)} MB`} title="JavaScript objects of this process" />
        <Fact name="Up for" value={uptimeText(uptimeMinutes)} title="Since this process was started" />
      </dl>
      <ul aria-label="Model hosts" className="flex min-w-0 flex-1 basis-64 flex-wrap gap-x-5 gap-y-2">
        {hosts.map((host) => (
          <HostState key={host.id} host={host} />
        ))}
        {hosts.length === 0 && <li className="text-sm text-muted-foreground">There is no model host yet.</li>}
      </ul>
    </section>
  );
}

function Fact({ name, value, title }: { name: string; value: string; title: string }) {
  return (
    <div className="min-w-16" title={title}>
      <dt className="text-xs text-muted-foreground">{name}</dt>
      <dd className="text-base font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

function HostState({ host: { name, state, broken, error } }: { host: HostNow }) {
  return (
    <li className="flex min-w-0 flex-col gap-1">
      <span className="truncate text-xs text-muted-foreground">{name}</span>
      <span className="flex flex-wrap items-center gap-1.5">
        {state === "up" && <Badge tone="success">Up</Badge>}
        {state === "down" && (
          <Badge tone="danger" title={error ?? undefined}>
            Does not answer
          </Badge>
        )}
        {state === "unknown" && <Badge>Not checked yet</Badge>}
        {broken.length > 0 && (
          <Badge tone="warning" title={broken.join(", ")}>
            {broken.length === 1 ? "1 breaker open" : `${broken.length} breakers open`}
          </Badge>
        )}
      </span>
    </li>
  );
}

function uptimeText(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} d`;
}
