import { CacheCard } from "@/components/settings/cache-card";
import { cacheState } from "@/lib/gateway/cache/cache-state";
import { sourcedSettings } from "@/lib/gateway/gateway-settings";
import { listModels } from "@/lib/gateway/list-models";
import { emptyCache, saveCache } from "./cache-actions";

/** The kept answers: how they serve, and how many may be kept for how long. */
export async function CacheSection() {
  const [state, models] = await Promise.all([cacheState(), listModels()]);
  const settings = sourcedSettings(["cacheTtlS", "cacheMaxMb", "similarity", "embeddingModel"]);
  const embeddingModels = models.filter(({ capabilities }) => capabilities.embedding).map(({ id }) => id);
  return <CacheCard state={state} settings={settings} embeddingModels={embeddingModels} actions={{ save: saveCache, clear: emptyCache }} />;
}
