import { numberIn } from "@/components/limits/number-field";
import type { ApiKey, KeyScope, NewKeyInput } from "@/lib/auth/keys/contract";

/** How long a key can be made for, in days; `never` has no end. */
export const lifetimes = { "7": "7 days", "30": "30 days", "90": "90 days", "365": "A year", never: "No end" } as const;

const dayMs = 86_400_000;

/** What the form asks for. Numbers that were left empty are no limits, and all models or hosts is no list of them. */
export function readKeyForm(form: FormData, now: Date): NewKeyInput {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const listed = (name: string) => (text(`which-${name}`) === "some" ? form.getAll(name).map(String) : undefined);
  const days = text("lifetime") === "never" ? null : numberIn(form, "lifetime");
  const limits = {
    requestsPerMinute: numberIn(form, "requestsPerMinute"),
    tokensPerMinute: numberIn(form, "tokensPerMinute"),
    parallel: numberIn(form, "parallel"),
  };
  const budget = { limitUsd: numberIn(form, "limitUsd"), limitTokens: numberIn(form, "limitTokens") };
  return {
    name: text("name"),
    scopes: form.getAll("scope") as KeyScope[],
    models: listed("model"),
    upstreams: listed("upstream"),
    expiresAt: days ? new Date(now.getTime() + days * dayMs).toISOString() : undefined,
    limits: isSet(limits) ? limits : undefined,
    budget: isSet(budget) ? { ...budget, period: text("period") === "day" ? "day" : "month", hard: form.has("hard") } : undefined,
    ...readCacheFields(form),
  };
}

/** How the key is to use the cache. What the form does not show is not among it, so that it stays. */
export function readCacheFields(form: FormData): { cache?: ApiKey["cache"]; similarity?: number | null } {
  return {
    ...(form.has("cache") && { cache: String(form.get("cache")) as ApiKey["cache"] }),
    ...(form.has("similarity") && { similarity: numberIn(form, "similarity") }),
  };
}

const isSet = (numbers: Record<string, number | null>) => Object.values(numbers).some((number) => number !== null);
