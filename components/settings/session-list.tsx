import { Globe, SquareTerminal } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import { describeDevice } from "./describe-device";
import { relativeTime } from "./relative-time";
import { RowAction } from "./row-action";

type Session = {
  id: string;
  kind: "browser" | "api";
  userAgent: string;
  address: string;
  createdAt: Date;
  lastSeenAt: Date;
  isCurrent: boolean;
};

type Props = { sessions: Session[]; now: Date; end: (input: { id: string }) => Promise<ActionResult<void>> };

/** Every device and program that is signed in as the reader, and the way to end each. */
export function SessionList({ sessions, now, end }: Props) {
  return (
    <Card>
      <div>
        <CardTitle>Sessions</CardTitle>
        <CardDescription>Where you are signed in. Signing one out takes effect at once.</CardDescription>
      </div>
      <ul className="flex flex-col divide-y divide-border">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center gap-3 py-3 first:pt-0 last:pb-0">
            <SessionIcon kind={session.kind} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 text-sm font-medium">
                <span className="break-words">{describeDevice(session.userAgent)}</span>
                {session.isCurrent && <Badge tone="success">This device</Badge>}
                {session.kind === "api" && <Badge>API</Badge>}
              </p>
              <p className="text-sm break-words text-muted-foreground">
                {session.address} · last used {relativeTime(session.lastSeenAt, now)} · signed in {relativeTime(session.createdAt, now)}
              </p>
            </div>
            {!session.isCurrent && <RowAction id={session.id} label="Sign out" run={end} done="Signed out there." />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function SessionIcon({ kind }: { kind: Session["kind"] }) {
  const Icon = kind === "api" ? SquareTerminal : Globe;
  return <Icon aria-hidden className="size-5 shrink-0 text-muted-foreground" />;
}
