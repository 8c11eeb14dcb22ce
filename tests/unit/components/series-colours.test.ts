import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const css = readFileSync(path.resolve(import.meta.dirname, "../../../app/globals.css"), "utf8");
/** The values of a token, in light and in dark. */
const values = (name: string) => [...css.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6});`, "g"))].map(([, hex]) => hex ?? "");
const series = Array.from({ length: 7 }, (_, index) => values(`series-${index + 1}`));
const themes = ["light", "dark"].map((theme, at) => ({
  theme,
  colours: series.map((both) => both[at] ?? ""),
  card: values("card")[at] ?? "",
}));

type Three = [number, number, number];

/** Linear RGB of people who see all colours, and of those without one kind of cones. Machado, Oliveira and Fernandes, 2009. */
const sights: Record<string, Three[]> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Three;
const dot = (a: Three, b: Three) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex));

/** CIE L*a*b* under D65, in which a distance of some 2 is just seen. */
function lab(hex: string, sight: Three[]): Three {
  const seen = sight.map((row) => Math.min(1, Math.max(0, dot(row, linear(hex))))) as Three;
  const [x, y, z] = (
    [
      [0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505],
      [0.2126, 0.7152, 0.0722],
      [0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089],
    ] as Three[]
  ).map((row) => {
    const value = dot(row, seen);
    return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
  }) as Three;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test.each(themes)("in $theme any two series are told apart by everybody, the colour-blind too", ({ colours }) => {
  for (const [name, sight] of Object.entries(sights)) {
    for (const [at, one] of colours.entries()) {
      for (const other of colours.slice(at + 1)) {
        const distance = Math.hypot(...lab(one, sight).map((value, axis) => value - (lab(other, sight)[axis] ?? 0)));
        expect(distance, `${one} and ${other}, ${name}`).toBeGreaterThan(14);
      }
    }
  }
});

test.each(themes)("in $theme each series has 3:1 to the card that it is drawn on", ({ colours, card }) => {
  for (const colour of colours) {
    const [darker, lighter] = [luminance(colour), luminance(card)].toSorted((a, b) => a - b) as [number, number];
    expect((lighter + 0.05) / (darker + 0.05), colour).toBeGreaterThanOrEqual(3);
  }
});
