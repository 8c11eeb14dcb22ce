import { CardSkeleton } from "@/components/limits/card-skeleton";

/** Stands in the place of the models while they are read. */
export default function ModelsLoading() {
  return (
    <>
      <CardSkeleton lines={3} />
      <CardSkeleton lines={4} />
    </>
  );
}
