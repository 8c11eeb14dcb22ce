import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { fieldStyle } from "@/components/ui/input";
import { cn } from "@/lib/core/class-names";
import { type AuditView, auditActions, auditKinds } from "@/lib/monitoring/audit/contract";
import { viewHref } from "../view-href";

const field = cn(fieldStyle, "h-8 px-2 text-sm");
const names = ["actor", "action", "target", "text", "outcome"] as const;

type Props = { path: string; view: AuditView; actors: { id: string; name: string }[] };

/** Narrows the events. A plain form, so that its result is a link. */
export function AuditFilters({ path, view, actors }: Props) {
  const kept = (["range", "from", "to"] as const).filter((name) => view[name] !== undefined);
  const isNarrowed = names.some((name) => view[name] !== undefined);
  return (
    <form
      key={JSON.stringify(view)}
      action={path}
      method="get"
      aria-label="Filter events"
      className="flex flex-wrap items-end gap-3 text-sm"
    >
      {kept.map((name) => (
        <input key={name} type="hidden" name={name} value={view[name]} />
      ))}
      <Choice name="actor" label="Who" value={view.actor}>
        {actors.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice name="action" label="What" value={view.action}>
        {Object.entries(auditKinds).map(([kind, title]) => (
          <optgroup key={kind} label={title}>
            <option value={kind}>{`${title}: all`}</option>
            {Object.entries(auditActions)
              .filter(([action]) => action.startsWith(`${kind}.`))
              .map(([action, text]) => (
                <option key={action} value={action}>
                  {text}
                </option>
              ))}
          </optgroup>
        ))}
      </Choice>
      <Words name="target" label="To what" value={view.target} />
      <Words name="text" label="Text" value={view.text} />
      <Choice name="outcome" label="Outcome" value={view.outcome}>
        <option value="done">Done</option>
        <option value="refused">Refused</option>
      </Choice>
      <Button type="submit">Apply</Button>
      {isNarrowed && (
        <Button asChild variant="ghost">
          <Link href={viewHref(path, view, Object.fromEntries(names.map((name) => [name, null])))}>Clear</Link>
        </Button>
      )}
    </form>
  );
}

function Words({ name, label, value }: { name: string; label: string; value?: string }) {
  return (
    <label className="flex w-40 flex-col gap-1 text-xs text-muted-foreground">
      {label}
      <input name={name} defaultValue={value} maxLength={200} autoComplete="off" className={field} />
    </label>
  );
}

function Choice({ name, label, value, children }: { name: string; label: string; value?: string; children: ReactNode }) {
  return (
    <label className="flex w-44 flex-col gap-1 text-xs text-muted-foreground">
      {label}
      <select name={name} defaultValue={value ?? ""} className={field}>
        <option value="">Any</option>
        {children}
      </select>
    </label>
  );
}
