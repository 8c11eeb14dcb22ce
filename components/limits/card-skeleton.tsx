import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** A card whose content is being read. */
export function CardSkeleton({ lines }: { lines: number }) {
  return (
    <Card aria-busy>
      <Skeleton className="h-6 w-40" />
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={`line-${line.toString()}`} className="h-5 w-full" />
      ))}
    </Card>
  );
}
