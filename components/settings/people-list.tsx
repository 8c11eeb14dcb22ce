import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import { relativeTime } from "./relative-time";
import { RowAction } from "./row-action";

type Person = { id: string; name: string; email: string; role: "admin" | "user" | "pending"; createdAt: Date };
type Act = (input: { id: string }) => Promise<ActionResult<void>>;
type Props = { people: Person[]; signup: "open" | "approval" | "closed"; now: Date; approve: Act; decline: Act };

const policies = {
  open: "Anyone who reaches this address may register and start (HEARTH_SIGNUP=open).",
  approval: "Anyone who reaches this address may register; you let them in here (HEARTH_SIGNUP=approval).",
  closed: "Registration is closed (HEARTH_SIGNUP=closed).",
};

/** Everybody with an account; who waits for approval stands first. */
export function PeopleList({ people, signup, now, approve, decline }: Props) {
  const sorted = people.toSorted((a, b) => Number(b.role === "pending") - Number(a.role === "pending"));
  return (
    <Card>
      <div>
        <CardTitle>People</CardTitle>
        <CardDescription>{policies[signup]}</CardDescription>
      </div>
      <ul className="flex flex-col divide-y divide-border">
        {sorted.map((person) => (
          <li key={person.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex flex-wrap items-center gap-x-2 text-sm font-medium">
                <span className="break-words">{person.name}</span>
                {person.role === "admin" && <Badge tone="accent">Admin</Badge>}
                {person.role === "pending" && <Badge tone="warning">Waits for approval</Badge>}
              </p>
              <p className="text-sm break-words text-muted-foreground">
                {person.email} · {person.role === "pending" ? "asked" : "joined"} {relativeTime(person.createdAt, now)}
              </p>
            </div>
            {person.role === "pending" && <Decision person={person} approve={approve} decline={decline} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Decision({ person, approve, decline }: { person: Person; approve: Act; decline: Act }) {
  const ask = { title: `Decline ${person.name}?`, description: `The account of ${person.email} is deleted. They may register again.` };
  return (
    <div className="flex gap-2">
      <RowAction id={person.id} label="Approve" run={approve} done={`${person.name} may sign in now.`} variant="primary" />
      <RowAction id={person.id} label="Decline" run={decline} done={`${person.name} was declined.`} ask={ask} />
    </div>
  );
}
