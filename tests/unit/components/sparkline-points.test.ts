import { expect, test } from "vitest";
import { sparklinePoints } from "@/components/hosts/sparkline-points";

const size = { width: 100, height: 20 };

test("a line of figures keeps within its box, the smallest at the bottom and the largest at the top", () => {
  expect(sparklinePoints([10, 30, 20], size)).toEqual([
    { x: 0, y: 20 },
    { x: 50, y: 0 },
    { x: 100, y: 10 },
  ]);
});

test("figures that do not change lie in the middle, and one alone is a point", () => {
  expect(sparklinePoints([5, 5], size).map(({ y }) => y)).toEqual([10, 10]);
  expect(sparklinePoints([5], size)).toEqual([{ x: 0, y: 10 }]);
  expect(sparklinePoints([], size)).toEqual([]);
});

test("of many figures the last sixty are shown", () => {
  const points = sparklinePoints([1_000, ...Array.from({ length: 60 }, (_, index) => index)], size);
  expect(points).toHaveLength(60);
  expect(points[0]).toEqual({ x: 0, y: 20 });
});
