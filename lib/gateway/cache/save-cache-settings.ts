import { saveGatewaySettings } from "../gateway-settings";
import { tidyCache } from "./cache-loop";
import type { CacheSettings } from "./contract";

/** Sets how large the cache may be, how long an answer is given again and which questions are similar; null takes a value back to its default. For admins. */
export async function saveCacheSettings(settings: CacheSettings): Promise<void> {
  await saveGatewaySettings(settings);
  await tidyCache();
}
