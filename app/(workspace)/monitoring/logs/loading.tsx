import { CardSkeleton } from "@/components/limits/card-skeleton";

/** Stands in the place of the log until it is there. */
export default function LogsLoading() {
  return <CardSkeleton lines={8} />;
}
