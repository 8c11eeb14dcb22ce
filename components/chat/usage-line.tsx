import { Dotted } from "@/components/ui/dotted";
import type { MessageMetadata } from "@/lib/chat/ui-message";
import { describeUsage } from "./describe-usage";

/** Which model answered, at which host, and what it took, in one quiet line. */
export function UsageLine({ metadata }: { metadata: MessageMetadata | undefined }) {
  if (!metadata?.model) return null;
  const { model, route, usage } = metadata;
  const host = usage?.upstream && { text: usage.upstream, title: "The model host that answered" };
  const choice = route && { text: `auto: ${route.why}`, title: `Decided in ${route.tookMs} ms, preferring ${route.preference}` };
  const facts = usage?.outputTokens ? describeUsage(usage) : [];
  return (
    <Dotted
      facts={[{ text: model }, ...(host ? [host] : []), ...(choice ? [choice] : []), ...facts]}
      className="mx-1.5 text-xs text-muted-foreground tabular-nums"
    />
  );
}
