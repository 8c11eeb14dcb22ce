import { X } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import type { SpanView } from "@/lib/monitoring/spans/contract";
import { momentText } from "../time-text";
import { unitText } from "../unit-text";
import { kindNames, statusNames, statusTones } from "./span-words";

/** Kinds of spans in which something is said; the others are times alone. */
const hasWords = new Set<SpanView["kind"]>(["run", "tool", "model", "embedding"]);

type Props = { span: SpanView; tookMs: number; timeZone: string; onClose: () => void };

/** All that is known of a span: times, figures, what it was given and answered where that is kept, and its attributes. */
export function SpanPanel({ span, tookMs, timeZone, onClose }: Props) {
  const { kind, name, status, error, model, startMs, attributes, input, output } = span;
  const facts = [
    ["Began", momentText(new Date(startMs).toISOString(), timeZone)],
    ["Took", unitText(tookMs, "ms")],
    ...(model ? [["Model", model]] : []),
    ...(span.firstTokenMs === null ? [] : [["First token", unitText(span.firstTokenMs, "ms")]]),
    ...(span.inputTokens === null
      ? []
      : [["Tokens", `${unitText(span.inputTokens, "count")} in, ${unitText(span.outputTokens, "count")} out`]]),
    ...(span.costUsd === null ? [] : [["Cost", unitText(span.costUsd, "usd")]]),
    ...Object.entries(attributes)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, value]) => [key, Array.isArray(value) ? value.join(", ") : String(value)]),
  ];
  return (
    <section aria-label={`Span ${name}`} className="flex min-w-0 flex-col gap-4 rounded-lg border border-border bg-card p-4 xl:w-96">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h3 className="font-medium break-words">{name}</h3>
          <p className="flex flex-wrap gap-1.5 pt-1">
            <Badge>{kindNames[kind]}</Badge>
            <Badge tone={statusTones[status]}>{statusNames[status]}</Badge>
          </p>
        </div>
        <IconButton label="Close the span" size="sm" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      {error && <p className="text-sm break-words text-destructive">{error}</p>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm tabular-nums">
        {facts.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-xs leading-5 break-all text-muted-foreground">{term}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <Said name="Input" text={input} />
      <Said name="Output" text={output} />
      {input === null && output === null && hasWords.has(kind) && (
        <p className="text-xs text-muted-foreground">What was said is not kept: that is a setting for admins.</p>
      )}
    </section>
  );
}

function Said({ name, text }: { name: string; text: string | null }) {
  if (text === null) return null;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center justify-between">
        <h4 className="text-sm font-medium">{name}</h4>
        <CopyButton text={text} label={`Copy the ${name.toLowerCase()}`} />
      </div>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <section aria-label={name} tabIndex={0} className="max-h-80 overflow-auto rounded-md bg-muted p-3">
        <pre className="font-mono text-xs break-words whitespace-pre-wrap">{readable(text)}</pre>
      </section>
    </div>
  );
}

/** JSON with an indentation, other text as it is. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
