import { CardSkeleton } from "@/components/limits/card-skeleton";

/** Stands in the place of the cards while they are read. */
export default function UsageLoading() {
  return (
    <>
      <CardSkeleton lines={6} />
      <CardSkeleton lines={2} />
    </>
  );
}
