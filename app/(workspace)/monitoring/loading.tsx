import { OverviewSkeleton } from "@/components/monitoring/overview-skeleton";

/** Stands in the place of figures and charts while they are read. */
export default function MonitoringLoading() {
  return <OverviewSkeleton />;
}
