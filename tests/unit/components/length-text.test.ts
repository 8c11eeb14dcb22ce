import { expect, test } from "vitest";
import { lengthText } from "@/components/chat/length-text";

test.each([
  [30_800, "1,200 characters left"],
  [32_000, "0 characters left"],
  [32_001, "1 character too many"],
  [34_000, "2,000 characters too many"],
])("a message of %i characters, of which 32,000 are allowed, has %s", (length, words) => {
  expect(lengthText(length, 32_000)).toBe(words);
});
