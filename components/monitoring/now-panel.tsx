import { Badge } from "@/components/ui/badge";
import type { UpstreamView } from "@/lib/gateway/hosts/contract";

/** How this process is at the moment. Sizes are bytes. */
export type ProcessNow = { residentBytes: number; heapBytes: number; uptimeS: number };
type Props = { hosts: UpstreamView[]; running: number; waiting: number; process: ProcessNow };

const mb = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** What is going on now, whatever time is looked at: calls under way and in line, this process, hosts and their breakers. */
export function NowPanel({ hosts, running, waiting, process }: Props) {
  return (
    <section aria-label="Now" className="flex flex-wrap items-start gap-x-8 gap-y-3 rounded-lg border border-border bg-card px-4 py-3">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Fact name="Under way" value={`${running}`} title="Calls that a host is answering" />
        <Fact name="In line" value={`${waiting}`} title="Calls that wait for a place at a host" />
        <Fact name="Memory" value={`${mb.format(process.residentBytes / 1e6)} MB`} title="Resident memory of this process" />
        <Fact name="Heap" value={`${mb.format(process.heapBytes / 1e6)} MB`} title="JavaScript objects of this process" />
        <Fact name="Up for" value={uptimeText(process.uptimeS)} title="Since this process was started" />
      </dl>
      <ul aria-label="Model hosts" className="flex min-w-0 flex-1 basis-64 flex-wrap gap-x-5 gap-y-2">
        {hosts.map((host) => (
          <HostNow key={host.id} host={host} />
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

function HostNow({ host: { name, state, lanes, error } }: { host: UpstreamView }) {
  const broken = lanes.filter(({ breaker }) => breaker.state !== "closed").map(({ model }) => model);
  return (
    <li className="flex min-w-0 flex-col gap-1">
      <span className="truncate text-xs text-muted-foreground">{name}</span>
      <span className="flex flex-wrap items-center gap-1.5">
        {state === "up" && <Badge tone="success">Up</Badge>}
        {state === "down" && (
          <Badge tone="danger" title={error}>
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

function uptimeText(seconds: number): string {
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
}
