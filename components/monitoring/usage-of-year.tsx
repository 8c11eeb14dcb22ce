import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { DayUse } from "@/lib/monitoring/overview/contract";
import { HeatMap } from "./heat-map";
import { unitText } from "./unit-text";

type Props = { days: DayUse[]; userId: string | null; isFiltered: boolean };

const full = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** A year of days, each as dark as its tokens are many, and what all took together. */
export function UsageOfYear({ days, userId, isFiltered }: Props) {
  const sum = (of: (day: DayUse) => number) => days.reduce((all, day) => all + of(day), 0);
  const levelOf = levels(days.map(({ tokens }) => tokens));
  const cells = days.map(({ day, from, to, tokens, calls, costUsd }) => ({
    day,
    level: levelOf(tokens),
    href: `/monitoring/calls?${new URLSearchParams({ from, to, ...(isFiltered && userId ? { user: userId } : {}) })}`,
    text: `${full.format(new Date(day))}: ${
      calls === 0
        ? "nothing"
        : `${unitText(tokens, "count")} tokens, ${unitText(calls, "count")} ${calls === 1 ? "call" : "calls"}, ${unitText(costUsd, "usd")}`
    }`,
  }));
  return (
    <Card>
      <div>
        <CardTitle>The last year</CardTitle>
        <CardDescription>Days of your own time zone. Some seconds behind.</CardDescription>
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-2">
        <Sum
          name="Tokens"
          value={unitText(
            sum(({ tokens }) => tokens),
            "count",
          )}
        />
        <Sum
          name="Cost"
          value={unitText(
            sum(({ costUsd }) => costUsd),
            "usd",
          )}
        />
        <Sum
          name="Calls"
          value={unitText(
            sum(({ calls }) => calls),
            "count",
          )}
        />
        <Sum name="Days with use" value={unitText(days.filter(({ calls }) => calls > 0).length, "count")} />
      </dl>
      <HeatMap cells={cells} />
    </Card>
  );
}

function Sum({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-muted-foreground">{name}</dt>
      <dd className="text-xl font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

/** Nothing is level 0; the days with something are four levels of a quarter of them each. */
function levels(values: number[]): (value: number) => number {
  const used = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  const bounds = [0.25, 0.5, 0.75].map((share) => used[Math.floor(share * used.length)] ?? 0);
  return (value) => (value === 0 ? 0 : 1 + bounds.filter((bound) => value > bound).length);
}
