import Link from "next/link";
import { memo } from "react";
import { Badge } from "@/components/ui/badge";
import type { LogLine, LogQuery } from "@/lib/monitoring/logs/contract";
import { momentText } from "../time-text";
import { levelText, levelTone } from "./level-words";
import { logHref } from "./log-href";

type Props = { line: LogLine; query: LogQuery; timeZone: string };

/** A line, and at a press all that it has. Rows out of sight cost no layout. */
export const LogRow = memo(function LogRow({ line, query, timeZone }: Props) {
  const { at, level, text, rest } = line;
  return (
    <li className="border-t border-border [contain-intrinsic-size:auto_2.25rem] [content-visibility:auto] first:border-t-0">
      <details className="group">
        <summary className="focus-inset flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5 hover:bg-hover sm:flex-nowrap">
          <time dateTime={at} className="shrink-0 text-xs whitespace-nowrap text-muted-foreground tabular-nums">
            {momentText(at, timeZone)}
          </time>
          <span className="w-16 shrink-0">
            <Badge tone={levelTone(level)}>{levelText(level)}</Badge>
          </span>
          <span className="min-w-0 basis-full truncate sm:basis-auto sm:flex-1">
            {text || "(no words)"}
            <span className="pl-2 text-xs text-muted-foreground">{shortFields(rest)}</span>
          </span>
        </summary>
        <LineDetails {...{ line, query }} />
      </details>
    </li>
  );
});

function LineDetails({ line, query }: { line: LogLine; query: LogQuery }) {
  const { requestId, userId, runId, instanceId, rest } = line;
  return (
    <div className="flex flex-col gap-2 px-3 pt-1 pb-3 text-xs">
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        {requestId && <Fact name="Request" value={requestId} href={logHref(query, { request: requestId })} />}
        {userId && <Fact name="Person" value={userId} href={logHref(query, { user: userId })} />}
        {runId && <Fact name="Run" value={runId} href={logHref(query, { run: runId })} />}
        <Fact name="Process" value={instanceId} />
      </dl>
      {runId && (
        <Link href={`/monitoring/traces/${runId}`} prefetch={false} className="text-link hover:underline">
          Show the run's trace
        </Link>
      )}
      {Object.keys(rest).length > 0 && (
        <pre className="overflow-x-auto rounded-md bg-muted p-3 whitespace-pre-wrap wrap-anywhere">{fieldsText(rest)}</pre>
      )}
    </div>
  );
}

function Fact({ name, value, href }: { name: string; value: string; href?: string }) {
  return (
    <div className="flex min-w-0 gap-2">
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">
        {href ? (
          <Link href={href} prefetch={false} className="text-link hover:underline">
            {value}
          </Link>
        ) : (
          value
        )}
      </dd>
    </div>
  );
}

/** The first simple fields in one line, as `model=small status=200`. */
function shortFields(rest: LogLine["rest"]): string {
  const simple = Object.entries(rest).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value));
  return simple
    .slice(0, 6)
    .map(([name, value]) => `${name}=${String(value).slice(0, 60)}`)
    .join(" ");
}

/** All fields, with the line breaks of a stack as such. */
const fieldsText = (rest: LogLine["rest"]) => JSON.stringify(rest, null, 2).replaceAll("\\n", "\n    ");
