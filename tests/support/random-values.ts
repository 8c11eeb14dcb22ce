/** A source of numbers from 0 to 1 that gives the same ones each time (mulberry32), so that a failure can be seen again. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const characters = ["a", "b", " ", "\n", '"', "\\", "é", "漢", "😀", "[", "}", ":", ","];

/** A text of up to `most` characters, the awkward ones among them. */
export function randomText(random: () => number, most: number): string {
  const length = Math.floor(random() * (most + 1));
  return Array.from({ length }, () => characters[Math.floor(random() * characters.length)]).join("");
}

/** Any JSON value, small enough that two are often equal. */
export function randomJson(random: () => number, depth = 3): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 7 : 5));
  const several = <T>(make: () => T) => Array.from({ length: Math.floor(random() * 3) }, make);
  switch (kind) {
    case 0:
      return null;
    case 1:
      return random() < 0.5;
    case 2:
      return Math.floor(random() * 3);
    case 3:
      return random();
    case 4:
      return randomText(random, 2);
    case 5:
      return several(() => randomJson(random, depth - 1));
    default:
      return Object.fromEntries(several(() => [randomText(random, 1), randomJson(random, depth - 1)]));
  }
}
