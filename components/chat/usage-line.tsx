import { Dotted } from "@/components/ui/dotted";
import type { MessageMetadata } from "@/lib/chat/ui-message";
import { describeUsage } from "./describe-usage";

/** Which model answered and what it took, in one quiet line. */
export function UsageLine({ metadata }: { metadata: MessageMetadata | undefined }) {
  if (!metadata?.model) return null;
  const facts = metadata.usage?.outputTokens ? describeUsage(metadata.usage) : [];
  const { model, route } = metadata;
  const choice = route && { text: `auto: ${route.why}`, title: `Decided in ${route.tookMs} ms, preferring ${route.preference}` };
  return (
    <Dotted
      facts={[{ text: model }, ...(choice ? [choice] : []), ...facts]}
      className="mx-1.5 text-xs text-muted-foreground tabular-nums"
    />
  );
}
