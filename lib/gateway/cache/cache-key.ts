import { createHash } from "node:crypto";
import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { KeyGrant } from "@/lib/http/caller";
import { canonicalModelId } from "../canonical-id";
import { canonicalJson } from "./canonical-json";

type Asked = { scope: string; modelId: string; key?: Pick<KeyGrant, "models" | "upstreams">; options: LanguageModelV4CallOptions };

/**
 * What an answer is kept under: the SHA-256 of everything that has a say in it. That is whose it is, the model, the whole
 * prompt with its images, every parameter, the tools, what goes to the host as it is, and which hosts and models the API
 * key may use. Only the abort signal and HTTP headers are left out.
 */
export function cacheKey({ scope, modelId, key, options }: Asked): string {
  const { abortSignal, headers, ...asked } = options;
  const allowed = key && (key.models || key.upstreams) ? [key.models, key.upstreams] : undefined;
  return createHash("sha256")
    .update(canonicalJson({ scope, model: canonicalModelId(modelId), allowed, asked }))
    .digest("hex");
}
