import { registerGauge } from "@/lib/monitoring/metrics/registry";
import { liveRuns } from "./live-runs";

/** How many replies this process writes now. */
export const writtenRuns = () => liveRuns().filter((run) => !run.log.hasEnded).length;

/** Adds the replies under way to the metrics. */
export function registerRunGauges(): void {
  registerGauge({ name: "hearth_runs_live", help: "Replies that this process is writing", read: () => [{ value: writtenRuns() }] });
}
