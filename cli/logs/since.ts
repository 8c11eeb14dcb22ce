import { CliError } from "../cli-error.ts";

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A moment (ISO 8601) from `30s`, `10m`, `2h`, `3d` ago, or from a date as JavaScript reads them. @throws CliError */
export function since(value: string): string {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(value.trim()) ?? [];
  const at = count
    ? Date.now() - Number(count) * unitsMs[unit as keyof typeof unitsMs]
    : /^\d{4}-/.test(value)
      ? Date.parse(value)
      : Number.NaN;
  if (at >= 0) return new Date(at).toISOString();
  throw new CliError("usage", `${value} is no moment. Write 30s, 10m, 2h or 3d for so long ago, or a date as 2026-07-01T12:00:00Z.`);
}
