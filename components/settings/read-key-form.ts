import type { KeyScope, NewKeyInput } from "@/lib/auth/keys/contract";

/** How long a key can be made for, in days; `never` has no end. */
export const lifetimes = { "7": "7 days", "30": "30 days", "90": "90 days", "365": "A year", never: "No end" } as const;

const dayMs = 86_400_000;

/** What the form asks for. Numbers that were left empty are no limits, and all models is no list of them. */
export function readKeyForm(form: FormData, now: Date): NewKeyInput {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const number = (name: string) => (text(name) === "" ? undefined : Number(text(name)));
  const days = text("lifetime") === "never" ? undefined : number("lifetime");
  const limits = {
    requestsPerMinute: number("requestsPerMinute"),
    tokensPerMinute: number("tokensPerMinute"),
    parallel: number("parallel"),
  };
  const limitUsd = number("limitUsd");
  return {
    name: text("name"),
    scopes: form.getAll("scope") as KeyScope[],
    models: text("which") === "some" ? form.getAll("model").map(String) : undefined,
    expiresAt: days ? new Date(now.getTime() + days * dayMs).toISOString() : undefined,
    limits: Object.values(limits).some((limit) => limit !== undefined) ? limits : undefined,
    budget: limitUsd === undefined ? undefined : { period: text("period") === "day" ? "day" : "month", limitUsd },
    cache: (text("cache") || "deterministic") as NewKeyInput["cache"],
  };
}
