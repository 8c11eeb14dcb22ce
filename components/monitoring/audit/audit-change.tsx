import type { AuditEvent } from "@/lib/monitoring/audit/contract";

/** What an event changed, field by field, from what to what. */
export function AuditChange({ event: { before, after, requestId } }: { event: AuditEvent }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return requestId ? <span className="text-xs text-muted-foreground">Request {requestId}</span> : null;
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm whitespace-nowrap">
        {names.slice(0, 3).join(", ")}
        {names.length > 3 && ` and ${names.length - 3} more`}
      </summary>
      <dl className="mt-2 grid max-w-xl grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-xs">
        {names.map((name) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="min-w-0 break-words">
              {before && name in before && <del className="mr-2 text-destructive">{textOf(before[name])}</del>}
              {after && name in after && <ins className="text-success no-underline">{textOf(after[name])}</ins>}
            </dd>
          </div>
        ))}
        {requestId && (
          <div className="contents">
            <dt className="text-muted-foreground">request</dt>
            <dd className="break-all">{requestId}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}

function textOf(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
