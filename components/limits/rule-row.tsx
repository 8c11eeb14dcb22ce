import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import type { Limit } from "@/lib/gateway/limits/contract";
import { kindText } from "./limit-words";

type Props = { rule: Pick<Limit, "subjectKind" | "subjectName">; badge?: ReactNode; children: ReactNode; actions?: ReactNode };

/** A row of a list of limits or budgets: whom it is for, what it is, what can be done with it. */
export function RuleRow({ rule, badge, children, actions }: Props) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <span className="break-all">{rule.subjectName}</span>
          {kindText(rule) && <Badge>{kindText(rule)}</Badge>}
          {badge}
        </p>
        {children}
      </div>
      {actions && <div className="flex gap-2">{actions}</div>}
    </li>
  );
}
