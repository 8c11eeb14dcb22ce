import type { NowFigures } from "@/components/monitoring/now-figures";
import { writtenRuns } from "@/lib/chat/run-gauges";
import { isStillBroken } from "@/lib/gateway/failover/breaker-states";
import { listUpstreams } from "@/lib/gateway/hosts/list-upstreams";
import { queueStates } from "@/lib/gateway/queue/queue-states";

/** What is going on now in this process, from its memory: its model hosts, the calls under way and in line, and what it takes. For admins. */
export async function readNow(): Promise<NowFigures> {
  const hosts = (await listUpstreams()).filter(({ enabled, expected }) => enabled && expected);
  const lines = queueStates();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    hosts: hosts.map(({ id, name, state, error = null, lanes }) => ({
      ...{ id, name, state, error },
      broken: lanes.filter(({ breaker }) => isStillBroken(breaker)).map(({ model }) => model),
    })),
    running: lines.reduce((sum, { running }) => sum + running, 0),
    waiting: lines.reduce((sum, { waiting }) => sum + waiting, 0),
    replies: writtenRuns(),
    residentMb: Math.round(rss / 1e6),
    heapMb: Math.round(heapUsed / 1e6),
    uptimeMinutes: Math.floor(process.uptime() / 60),
  };
}
