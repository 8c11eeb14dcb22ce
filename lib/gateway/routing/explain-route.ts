import { contextTokensOf } from "../context-tokens";
import type { Model } from "../contract";
import type { RouteKind } from "./contract";
import type { Need } from "./model-needs";
import { modelWorth } from "./model-worth";

/** How a model came to be chosen: by a rule, because the conversation has it already, or by weighing. */
export type Reason = "rule" | "kept" | "ranked";

/** What the chosen model lacks, and whether another has it, which then lacks something worse. */
export type Lack = { need: Need; isElsewhere: boolean };
type Given = { kind: RouteKind; because: Reason; lacks: Lack[]; firstTokenMs: number | undefined };

const lackWords: Record<Need, { here: string; anywhere: string }> = {
  vision: { here: "reads no images", anywhere: "no model here reads images" },
  context: { here: "without the context", anywhere: "no model here has the context" },
  tools: { here: "without tools", anywhere: "no model here has tools" },
  json: { here: "promises no JSON", anywhere: "no model here promises JSON" },
};

/** A decision in one line, as in "code → ollama/qwen2.5-coder:7b: made for code, tools, loaded, 40 ms". */
export function explainRoute(model: Model, { kind, because, lacks, firstTokenMs }: Given): string {
  const { id, name, capabilities, contextLength, upstreams } = model;
  const { isForCode, isReasoner } = modelWorth(name);
  const facts = [
    because === "rule" && "by this server's rule",
    because === "kept" && "as before in this chat",
    kind === "vision" && capabilities.vision && "reads images",
    kind === "long" && contextLength !== null && `${contextTokensOf(id, contextLength).toLocaleString("en")} tokens of context`,
    kind === "code" && isForCode && "made for code",
    kind === "reasoning" && (isReasoner || capabilities.thinking) && "thinks first",
    kind === "structured" && capabilities.json && "JSON",
    capabilities.tools && "tools",
    upstreams.some(({ loaded }) => loaded) && "loaded",
    firstTokenMs !== undefined && `${Math.round(firstTokenMs)} ms`,
    ...lacks.map(({ need, isElsewhere }) => lackWords[need][isElsewhere ? "here" : "anywhere"]),
  ].filter(Boolean);
  return `${kind} → ${id}${facts.length > 0 ? `: ${facts.join(", ")}` : ""}`;
}
