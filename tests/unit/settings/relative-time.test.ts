import { expect, test } from "vitest";
import { relativeTime } from "@/components/settings/relative-time";

const now = new Date("2030-06-15T12:00:00Z");

test.each([
  [0, "just now"],
  [-5, "just now"],
  [59, "just now"],
  [60, "1 minute ago"],
  [3_599, "59 minutes ago"],
  [7_200, "2 hours ago"],
  [86_400, "yesterday"],
  [40 * 86_400, "last month"],
  [800 * 86_400, "2 years ago"],
])("%i seconds before is %s", (ageS, words) => {
  expect(relativeTime(new Date(now.getTime() - ageS * 1000), now)).toBe(words);
});
