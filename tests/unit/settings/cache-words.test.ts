import { expect, test } from "vitest";
import { cacheSizeText, cacheUseText } from "@/components/settings/cache-words";

const none = { hits: 0, misses: 0, hitRate: null };

test("sizes are told in the units that the cache's size is set in", () => {
  expect([0, 1, 1_024, 1_048_576, 3_600_000, 67_108_864].map(cacheSizeText)).toEqual(["0 KB", "1 KB", "1 KB", "1 MB", "3.4 MB", "64 MB"]);
});

test("a hit rate is never rounded up to all, and nothing looked up is no rate", () => {
  expect(cacheUseText({ today: { hits: 1_999, misses: 1, hitRate: 0.9995 }, sinceStart: none })).toBe(
    "Hits: 99 % of 2,000 calls today, none since the start",
  );
  expect(cacheUseText({ today: none, sinceStart: none })).toBe("No call has been looked up here yet.");
});
