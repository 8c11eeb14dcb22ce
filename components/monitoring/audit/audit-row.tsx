import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { type AuditEvent, type AuditView, auditActions } from "@/lib/monitoring/audit/contract";
import { momentText } from "../time-text";
import { viewHref } from "../view-href";
import { AuditChange } from "./audit-change";

type Props = { path: string; view: AuditView; event: AuditEvent; timeZone: string };

const cell = "py-2 pl-4 align-top whitespace-nowrap";
const link = "text-foreground underline decoration-border underline-offset-4 hover:decoration-current";
const ways = { cookie: "Browser", token: "Token", key: "API key" };

/** One event: when, who, what, to what, from where, and what it changed. */
export function AuditRow({ path, view, event, timeZone }: Props) {
  const { actorId, actorName, action, targetId, targetName, targetKind, outcome, via, address } = event;
  const target = targetName ?? targetId;
  return (
    <tr className="border-t border-border">
      <th scope="row" className="py-2 pr-3 align-top font-normal whitespace-nowrap">
        <time dateTime={event.at}>{momentText(event.at, timeZone)}</time>
      </th>
      <td className={`${cell} max-w-56 truncate`}>
        {actorId ? (
          <Link href={viewHref(path, view, { actor: actorId })} className={link}>
            {actorName}
          </Link>
        ) : (
          actorName
        )}
      </td>
      <td className={cell}>
        <span className="flex items-center gap-1.5">
          {auditActions[action as keyof typeof auditActions] ?? action}
          {outcome === "refused" && <Badge tone="danger">Refused</Badge>}
        </span>
      </td>
      <td className={`${cell} max-w-64 truncate`} title={target ?? undefined}>
        {target ? (
          <Link href={viewHref(path, view, { target: targetId ?? target })} className={link}>
            {target}
          </Link>
        ) : (
          targetKind
        )}
      </td>
      <td className={cell}>{[address, via && ways[via]].filter(Boolean).join(" · ")}</td>
      <td className="min-w-56 py-2 pl-4 align-top">
        <AuditChange event={event} />
      </td>
    </tr>
  );
}
