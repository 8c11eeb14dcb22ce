import type { MessageMetadata } from "@/lib/chat/ui-message";
import { describeUsage } from "./describe-usage";

/** Which model answered and what it took, in one quiet line. */
export function UsageLine({ metadata }: { metadata: MessageMetadata | undefined }) {
  if (!metadata?.model) return null;
  const facts = metadata.usage?.outputTokens ? describeUsage(metadata.usage) : [];
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-1.5 px-1.5 text-xs text-muted-foreground tabular-nums">
      <span className="max-w-64 truncate not-last:after:ml-1.5 not-last:after:content-['·']">{metadata.model}</span>
      {facts.map(({ text, title }) => (
        <span key={title} title={title} className="not-last:after:ml-1.5 not-last:after:content-['·']">
          {text}
        </span>
      ))}
    </p>
  );
}
