import type { SpanView } from "@/lib/monitoring/spans/contract";

/** What people call kinds of spans. */
export const kindNames: Record<SpanView["kind"], string> = {
  run: "Reply",
  step: "Step",
  tool: "Tool",
  model: "Model call",
  embedding: "Embedding",
  queue: "In line",
  cache: "Cache",
  attempt: "At the host",
};

export const statusNames: Record<SpanView["status"], string> = { running: "Running", ok: "Complete", error: "Failed", stopped: "Stopped" };

export const statusTones = { running: "accent", ok: "success", error: "danger", stopped: "neutral" } as const;

/** The bar's colour: of what failed always the same, else by kind. */
export function barStyle({ kind, status }: Pick<SpanView, "kind" | "status">): string {
  if (status === "error") return "bg-destructive";
  if (kind === "model" || kind === "embedding") return "bg-primary";
  if (kind === "tool") return "bg-success";
  return kind === "queue" || kind === "cache" ? "bg-warning" : "bg-muted-foreground";
}

/** How long it took, or has taken until `nowMs`. */
export const lengthOf = ({ startMs, endMs }: Pick<SpanView, "startMs" | "endMs">, nowMs: number) => Math.max(0, (endMs ?? nowMs) - startMs);
