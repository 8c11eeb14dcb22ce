import { processGlobal } from "@/lib/core/process-global";

/** As many values as one label may have. Each is a series of its own, which Prometheus keeps for weeks. */
const maxValues = 200;
const others = "other";

const seen = () => processGlobal("metric-labels", () => new Map<string, Set<string>>());

/** The value, or `other` once a label has 200: whoever calls can name models that are not there. */
export function boundedLabel(label: string, value: string): string {
  const values = seen().get(label) ?? new Set<string>();
  seen().set(label, values);
  if (values.has(value)) return value;
  if (values.size >= maxValues) return others;
  values.add(value);
  return value;
}
