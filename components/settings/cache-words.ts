import { countText } from "@/components/limits/limit-words";
import type { CacheState, CacheUse } from "@/lib/gateway/cache/contract";

const megabyte = 1024 * 1024;

/** How often kept answers were given again: `90 % of 1,000 calls today, 85 % of 12,000 since the start`. */
export function cacheUseText({ today, sinceStart }: Pick<CacheState, "today" | "sinceStart">): string {
  if (today.hitRate === null && sinceStart.hitRate === null) return "No call has been looked up here yet.";
  return `Hits: ${rateText(today)} today, ${rateText(sinceStart)} since the start`;
}

/** What answers take, in the units that the cache's size is set in: `12 KB`, `3.4 MB`. */
export function cacheSizeText(bytes: number): string {
  if (bytes < megabyte) return `${Math.ceil(bytes / 1024)} KB`;
  return `${Number((bytes / megabyte).toFixed(1))} MB`;
}

function rateText({ hits, misses, hitRate }: CacheUse): string {
  return hitRate === null ? "none" : `${Math.floor(hitRate * 100)} % of ${countText(hits + misses)} calls`;
}
