import Link from "next/link";
import { Button } from "@/components/ui/button";
import { fieldStyle } from "@/components/ui/input";
import { cn } from "@/lib/core/class-names";
import type { LogQuery } from "@/lib/monitoring/logs/contract";

const field = cn(fieldStyle, "h-8 px-2 text-sm");
const words = [
  { name: "text", label: "Text", width: "sm:w-52" },
  { name: "request", label: "Request id", width: "sm:w-44" },
  { name: "user", label: "Person (email or id)", width: "sm:w-44" },
  { name: "run", label: "Run id", width: "sm:w-44" },
] as const;

/** Narrows the lines. A plain form, so that its result is a link. */
export function LogFilters({ query }: { query: LogQuery }) {
  const isFiltered = Object.values(query).some((value) => value !== undefined);
  return (
    <form
      key={JSON.stringify(query)}
      action="/monitoring/logs"
      method="get"
      aria-label="Filter log lines"
      className="grid grid-cols-2 items-end gap-3 text-sm sm:flex sm:flex-wrap"
    >
      <label className="flex flex-col sm:w-44 gap-1 text-xs text-muted-foreground">
        Level
        <select name="level" defaultValue={query.level ?? ""} className={field}>
          <option value="">All</option>
          <option value="debug">Debug and above</option>
          <option value="info">Info and above</option>
          <option value="warn">Warnings and errors</option>
          <option value="error">Errors</option>
        </select>
      </label>
      {words.map(({ name, label, width }) => (
        <label key={name} className={cn("flex min-w-0 flex-col gap-1 text-xs text-muted-foreground", width)}>
          {label}
          <input name={name} defaultValue={query[name]} maxLength={200} autoComplete="off" spellCheck={false} className={field} />
        </label>
      ))}
      <Button type="submit">Apply</Button>
      {isFiltered && (
        <Button asChild variant="quiet">
          <Link href="/monitoring/logs">Clear</Link>
        </Button>
      )}
    </form>
  );
}
