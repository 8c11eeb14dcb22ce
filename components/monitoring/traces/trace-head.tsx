import { Download } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { TraceDetails } from "@/lib/monitoring/spans/contract";
import { momentText } from "../time-text";
import { unitText } from "../unit-text";
import { CopyLink } from "./copy-link";
import { lengthOf, statusNames, statusTones } from "./span-words";

type Props = {
  trace: TraceDetails;
  nowMs: number;
  timeZone: string;
  /** Whose it is, where that is not the reader. */
  person: string | null;
  /** The chat that it belongs to, where the reader has it. */
  chatId: string | null;
};

/** What a trace is of and what it took as a whole, with the ways to hand it on. */
export function TraceHead({ trace: { traceId, root, spans, isWhole }, nowMs, timeZone, person, chatId }: Props) {
  const sum = (name: "inputTokens" | "outputTokens" | "costUsd") => spans.reduce((total, span) => total + (span[name] ?? 0), 0);
  return (
    <header className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Link href="/monitoring/traces" className="text-sm text-link underline-offset-4 hover:underline">
          Traces
        </Link>
        <h2 className="text-lg font-semibold">{root.name}</h2>
        <Badge tone={statusTones[root.status]}>{statusNames[root.status]}</Badge>
        <div className="ml-auto flex flex-wrap gap-2">
          {chatId && (
            <Button asChild>
              <Link href={`/chat/${chatId}`}>Open the chat</Link>
            </Button>
          )}
          <CopyLink />
          <Button asChild>
            <a href={`/api/monitoring/traces/${traceId}`} download>
              <Download aria-hidden />
              OTLP JSON
            </a>
          </Button>
        </div>
      </div>
      <dl aria-label="Trace as a whole" className="flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
        <Fact name="Began" value={momentText(new Date(root.startMs).toISOString(), timeZone)} />
        <Fact name="Took" value={unitText(lengthOf(root, nowMs), "ms")} />
        {root.model && <Fact name="Model" value={root.model} />}
        {person && <Fact name="Person" value={person} />}
        <Fact name="Tokens" value={`${unitText(sum("inputTokens"), "count")} in, ${unitText(sum("outputTokens"), "count")} out`} />
        <Fact name="Cost" value={unitText(sum("costUsd"), "usd")} />
      </dl>
      {root.error && <p className="text-sm text-destructive">{root.error}</p>}
      {!isWhole && <p className="text-sm text-muted-foreground">This trace has more spans than are shown.</p>}
    </header>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted-foreground">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
