import type { ProcessNow } from "@/components/monitoring/now-panel";
import { listUpstreams } from "@/lib/gateway/hosts/list-upstreams";
import { queueStates } from "@/lib/gateway/queue/queue-states";

/** What is going on in this process: its model hosts, the calls under way and in line, and what it takes. For admins. */
export async function loadNow() {
  const hosts = (await listUpstreams()).filter(({ enabled, expected }) => enabled && expected);
  const lines = queueStates();
  const { rss, heapUsed } = process.memoryUsage();
  const taken: ProcessNow = { residentBytes: rss, heapBytes: heapUsed, uptimeS: process.uptime() };
  return {
    hosts,
    process: taken,
    running: lines.reduce((sum, { running }) => sum + running, 0),
    waiting: lines.reduce((sum, { waiting }) => sum + waiting, 0),
  };
}
