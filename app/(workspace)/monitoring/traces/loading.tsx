import { CardSkeleton } from "@/components/limits/card-skeleton";

/** Stands in the place of traces while they are read. */
export default function TracesLoading() {
  return (
    <>
      <CardSkeleton lines={2} />
      <CardSkeleton lines={6} />
    </>
  );
}
