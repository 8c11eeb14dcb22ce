"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { clearCache } from "@/lib/gateway/cache/clear-cache";
import { cacheSettings } from "@/lib/gateway/cache/contract";
import { saveCacheSettings } from "@/lib/gateway/cache/save-cache-settings";

export const saveCache = action("admin", cacheSettings, ({ input }) => saveCacheSettings(input));

export const emptyCache = action("admin", z.object({}), async ({ caller }) => {
  await clearCache({ caller });
});
