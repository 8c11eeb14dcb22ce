import { CardSkeleton } from "@/components/limits/card-skeleton";

/** Stands in the place of alerts and rules while they are read. */
export default function AlertsLoading() {
  return (
    <>
      <CardSkeleton lines={2} />
      <CardSkeleton lines={6} />
    </>
  );
}
