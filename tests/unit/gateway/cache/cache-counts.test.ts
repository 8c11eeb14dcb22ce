import { afterEach, beforeEach, expect, test } from "vitest";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { cacheCounts, countCacheUse } from "@/lib/gateway/cache/cache-counts";

const forget = () => clearProcessGlobal("cache-counts");
beforeEach(forget);
afterEach(forget);

test("names of models that callers make up do not fill the memory, and those in use stay counted", () => {
  for (let at = 0; at < 5_000; at += 1) {
    countCacheUse("ollama/real:latest", "hits");
    countCacheUse(`ollama/made-up-${at}`, "misses");
  }
  expect(cacheCounts().size).toBe(1_000);
  expect(cacheCounts().get("ollama/real:latest")).toEqual({ hits: 5_000, misses: 0 });
});
