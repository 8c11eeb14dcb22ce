"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { modelId, modelSettings } from "@/lib/gateway/models/contract";
import { saveModelSettings } from "@/lib/gateway/models/save-model-settings";
import { cancelPull } from "@/lib/gateway/ollama/cancel-pull";
import { pullInput } from "@/lib/gateway/ollama/contract";
import { startPull } from "@/lib/gateway/ollama/start-pull";

export const saveModel = action("admin", modelSettings.partial().extend({ modelId }), ({ input }) => saveModelSettings(input));

export const pullModel = action("admin", pullInput, async ({ input }) => {
  await startPull(input);
});

export const stopPull = action("admin", z.object({ id: z.uuid() }), ({ input }) => cancelPull(input.id));
