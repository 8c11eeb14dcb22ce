const names: Record<number, string> = { 10: "Trace", 20: "Debug", 30: "Info", 40: "Warning", 50: "Error", 60: "Fatal" };

/** A severity's name. */
export const levelText = (level: number): string => names[level] ?? `${level}`;

/** The looks of a severity's badge. */
export function levelTone(level: number): "danger" | "warning" | "neutral" {
  if (level >= 50) return "danger";
  return level >= 40 ? "warning" : "neutral";
}
