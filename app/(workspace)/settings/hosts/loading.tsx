import { CardSkeleton } from "@/components/limits/card-skeleton";

/** Stands in the place of the hosts while they are read. */
export default function HostsLoading() {
  return <CardSkeleton lines={4} />;
}
