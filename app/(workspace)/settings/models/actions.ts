"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { modelId, modelOnHosts, modelSettings } from "@/lib/gateway/models/contract";
import { getModelDetails } from "@/lib/gateway/models/get-model-details";
import { loadOnHosts } from "@/lib/gateway/models/load-on-hosts";
import { saveModelSettings } from "@/lib/gateway/models/save-model-settings";
import { cancelPull } from "@/lib/gateway/ollama/cancel-pull";
import { pullInput } from "@/lib/gateway/ollama/contract";
import { deleteModel } from "@/lib/gateway/ollama/delete-model";
import { startPullInBackground } from "@/lib/gateway/ollama/start-pull";

const byId = z.object({ id: modelId });

export const saveModel = action("admin", modelSettings.partial().extend({ modelId }), ({ input }) => saveModelSettings(input));

export const describeModel = action("admin", byId, ({ input }) => getModelDetails(input.id));

export const loadModel = action("admin", modelOnHosts, ({ input }) => loadOnHosts(input));

export const dropModel = action("admin", byId, ({ input }) => deleteModel({ modelId: input.id }));

export const pullModel = action("admin", pullInput, ({ input }) => startPullInBackground(input));

export const stopPull = action("admin", z.object({ id: z.uuid() }), ({ input }) => cancelPull(input.id));
