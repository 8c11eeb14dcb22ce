import { CardSkeleton } from "@/components/limits/card-skeleton";

/** Stands in the place of the cards while they are read. */
export default function LimitsLoading() {
  return (
    <>
      <CardSkeleton lines={1} />
      <CardSkeleton lines={3} />
      <CardSkeleton lines={3} />
    </>
  );
}
