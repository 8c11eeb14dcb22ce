export type Unit = "count" | "ms" | "usd" | "perSecond" | "share" | "bytes";

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });
const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const smallDollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 4 });
const shortDollars = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  notation: "compact",
  maximumSignificantDigits: 2,
});
const two = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const one = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

/** A value with its unit, for people: `1.25 s`, `$0.0042`, `12,000`. Nothing to measure is a dash. */
export function unitText(value: number | null, unit: Unit): string {
  if (value === null) return "–";
  if (unit === "ms") return durationText(value);
  if (unit === "usd") return (Math.abs(value) < 1 ? smallDollars : dollars).format(value);
  if (unit === "share") return `${one.format(value * 100)} %`;
  if (unit === "bytes") return bytesText(value);
  return unit === "perSecond" ? `${one.format(value)} tok/s` : whole.format(value);
}

/** The same as short as an axis needs it. */
export function axisText(value: number, unit: Unit): string {
  if (unit === "ms") return durationText(value);
  if (unit === "usd") return value === 0 ? "$0" : shortDollars.format(value);
  if (unit === "share") return `${whole.format(value * 100)} %`;
  if (unit === "bytes") return bytesText(value);
  return short.format(value);
}

function bytesText(bytes: number): string {
  return bytes < 1e9 ? `${whole.format(bytes / 1e6)} MB` : `${two.format(bytes / 1e9)} GB`;
}

function durationText(ms: number): string {
  if (ms < 1_000) return `${whole.format(ms)} ms`;
  return ms < 60_000 ? `${two.format(ms / 1_000)} s` : `${one.format(ms / 60_000)} min`;
}

/** How a value compares with one before: `+12 %`, `−3 %`, `×8.5` from eleven times on; null where there is nothing to compare. */
export function changeText(value: number | null, before: number | null): string | null {
  if (value === null || before === null || before === 0) return null;
  const share = value / before - 1;
  if (Math.abs(share) < 0.005) return "±0 %";
  if (share >= 10) return `×${one.format(value / before)}`;
  return `${share > 0 ? "+" : "−"}${whole.format(Math.abs(share * 100))} %`;
}
