import { cn } from "@/lib/core/class-names";
import type { Model } from "@/lib/gateway/contract";
import { healthOf } from "./model-facts";

const looks = { up: "bg-success", down: "bg-destructive", unknown: "border border-input" };
const words = { up: "available", down: "not reachable", unknown: "not checked yet" };

/** A model's health as a dot, said to screen readers in words. */
export function HealthDot({ model }: { model: Model }) {
  const health = healthOf(model);
  return <span role="img" aria-label={words[health]} title={words[health]} className={cn("size-2 shrink-0 rounded-full", looks[health])} />;
}
