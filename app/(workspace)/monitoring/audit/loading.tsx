import { CardSkeleton } from "@/components/limits/card-skeleton";

/** Stands in the place of the events while they are read. */
export default function AuditLoading() {
  return <CardSkeleton lines={8} />;
}
