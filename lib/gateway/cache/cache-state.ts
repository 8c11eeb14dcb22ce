import { db } from "@/db/database";
import { listCacheSizes } from "@/db/queries/cache-entries";
import { listCacheUseToday } from "@/db/queries/calls";
import { canonicalModelId } from "../canonical-id";
import { gatewaySettings } from "../gateway-settings";
import { type Counts, cacheCounts } from "./cache-counts";
import type { CacheState, CacheUse } from "./contract";

type Figures = { entries: number; bytes: number; sinceStart: Counts; today: Counts };
const none = (): Figures => ({ entries: 0, bytes: 0, sinceStart: { hits: 0, misses: 0 }, today: { hits: 0, misses: 0 } });

/** What is kept, as a whole and for each model, and how often it was of use. For admins. */
export async function cacheState(): Promise<CacheState> {
  const [sizes, today] = await Promise.all([listCacheSizes(db()), listCacheUseToday(db())]);
  const models = new Map<string, Figures>();
  const of = (modelId: string) => {
    const model = canonicalModelId(modelId);
    const figures = models.get(model) ?? none();
    models.set(model, figures);
    return figures;
  };
  for (const { model, entries, bytes } of sizes) Object.assign(of(model), { entries, bytes });
  for (const { model, ...counts } of today) add(of(model).today, counts);
  for (const [model, counts] of cacheCounts()) add(of(model).sinceStart, counts);

  const total = none();
  for (const figures of models.values()) {
    total.entries += figures.entries;
    total.bytes += figures.bytes;
    add(total.today, figures.today);
    add(total.sinceStart, figures.sinceStart);
  }
  const byName = [...models].toSorted(([a], [b]) => a.localeCompare(b));
  const { cacheMaxMb, cacheTtlS } = gatewaySettings();
  return {
    ...shown(total),
    maxBytes: cacheMaxMb * 1024 * 1024,
    lifetimeS: cacheTtlS,
    models: byName.map(([model, figures]) => ({ model, ...shown(figures) })),
  };
}

function add(to: Counts, { hits, misses }: Counts): void {
  to.hits += hits;
  to.misses += misses;
}

const shown = (figures: Figures) => ({ ...figures, sinceStart: withRate(figures.sinceStart), today: withRate(figures.today) });

function withRate({ hits, misses }: Counts): CacheUse {
  const looked = hits + misses;
  return { hits, misses, hitRate: looked > 0 ? hits / looked : null };
}
