import { Button } from "@/components/ui/button";
import type { AuditView } from "@/lib/monitoring/audit/contract";

type Props = { view: AuditView; shown: { from: string; to: string } };

/** Everything that fits the view, as a file. */
export function AuditExports({ view, shown }: Props) {
  const { range: _, cursor: __, ...filters } = { ...view, ...shown };
  const given = Object.entries(filters).filter((field): field is [string, string] => field[1] !== undefined);
  const query = new URLSearchParams(given);
  return (
    <p className="flex items-center gap-2 text-sm text-muted-foreground">
      Export
      <Button asChild>
        <a href={`/api/v1/audit.csv?${query}`} download>
          CSV
        </a>
      </Button>
      <Button asChild>
        <a href={`/api/v1/audit.ndjson?${query}`} download>
          JSON lines
        </a>
      </Button>
    </p>
  );
}
