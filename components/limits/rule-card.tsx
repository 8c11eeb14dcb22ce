import type { ReactNode } from "react";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";

type Props = { title: string; description: string; add?: ReactNode; empty: string; rows: ReactNode[] };

/** A card with a list, and the button that adds to it. */
export function RuleCard({ title, description, add, empty, rows }: Props) {
  return (
    <Card aria-label={title}>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <CardTitle>{title}</CardTitle>
          <CardDescription>{description}</CardDescription>
        </div>
        {add}
      </div>
      {rows.length === 0 ? (
        <p className="text-sm text-muted-foreground">{empty}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-border">{rows}</ul>
      )}
    </Card>
  );
}
