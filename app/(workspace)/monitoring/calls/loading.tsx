import { CardSkeleton } from "@/components/limits/card-skeleton";

/** Stands in the place of the list while they are read. */
export default function CallsLoading() {
  return (
    <>
      <CardSkeleton lines={6} />
      <CardSkeleton lines={2} />
    </>
  );
}
