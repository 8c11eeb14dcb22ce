/** Vectors as a fake host makes them: of the wanted length, each telling how long its text is and which one it is. */
export function fakeVectors(input: unknown, dimensions: unknown): number[][] {
  const texts = [input].flat().map(String);
  return texts.map((text, index) =>
    Array.from({ length: Number(dimensions ?? 3) }, (_, at) => (at === 0 ? text.length : at === 1 ? index : 0.5)),
  );
}
