import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";

type Delta = Extract<Part, { type: "text-delta" | "reasoning-delta" | "tool-input-delta" }>;

/** A reply's parts as they are kept: deltas of one block in one piece, and nothing that is only true of its first time. */
export function compactParts(parts: Part[]): Part[] {
  const kept: Part[] = [];
  for (const part of parts) {
    if (part.type === "ping") continue;
    if (part.type === "response-metadata") {
      const { timestamp, ...rest } = part;
      kept.push(rest);
      continue;
    }
    const last = kept.at(-1);
    if (isDelta(part) && last && isDelta(last) && joins(last, part)) last.delta += part.delta;
    else kept.push({ ...part });
  }
  return kept;
}

/** Metadata on a delta belongs to that delta alone. */
function joins(before: Delta, next: Delta): boolean {
  return before.type === next.type && before.id === next.id && !before.providerMetadata && !next.providerMetadata;
}

function isDelta(part: Part): part is Delta {
  return part.type === "text-delta" || part.type === "reasoning-delta" || part.type === "tool-input-delta";
}
