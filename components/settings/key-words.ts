import type { ApiKey, KeyScope } from "@/lib/auth/keys/contract";

/** What each scope lets a program do, as the form says it. */
export const scopeWords: Record<KeyScope, { name: string; about: string }> = {
  chat: { name: "Chat", about: "Chats, their messages and replies, and completions at /v1" },
  embeddings: { name: "Embeddings", about: "Vectors for texts, at /v1" },
  models: { name: "Models", about: "The list of models" },
  metrics: { name: "Metrics", about: "The figures at /metrics" },
  admin: { name: "Admin", about: "Everything you may do, except making keys" },
};

/** To which calls a key is given kept answers, as the forms say it. */
export const cacheWords: Record<ApiKey["cache"], string> = {
  deterministic: "To the same deterministic call",
  always: "To any same call",
  similar: "To similar questions too",
  off: "Never",
};

/** How a key uses the cache; null when as keys do that were told nothing. */
export function describeCache({ cache, similarity }: Pick<ApiKey, "cache" | "similarity">): string | null {
  if (cache === "deterministic") return null;
  const words = cacheWords[cache].toLowerCase();
  return cache === "similar" && similarity !== null ? `${words}, from a likeness of ${similarity}` : words;
}

/** A key's scopes by name. */
export function describeScopes(scopes: KeyScope[]): string {
  return scopes.map((scope) => scopeWords[scope].name).join(", ");
}

/** What a key is limited to, each in a few words; empty when nothing holds it. */
export function describeLimits({
  models,
  upstreams,
  limits,
  budgets,
}: Pick<ApiKey, "models" | "upstreams" | "limits" | "budgets">): string[] {
  const only = [...(models ?? []), ...(upstreams ?? [])];
  const { requestsPerMinute, tokensPerMinute, parallel } = limits ?? {};
  return [
    ...(only.length > 3
      ? [`only ${only.slice(0, 3).join(", ")} and ${only.length - 3} more`]
      : only.length > 0
        ? [`only ${only.join(", ")}`]
        : []),
    ...(requestsPerMinute ? [`${count(requestsPerMinute, "request")} a minute`] : []),
    ...(tokensPerMinute ? [`${count(tokensPerMinute, "token")} a minute`] : []),
    ...(parallel ? [`${parallel} at once`] : []),
    ...budgets.map(describeBudget),
  ];
}

function describeBudget({ period, limitUsd, limitTokens, hard }: ApiKey["budgets"][number]): string {
  const most = [...(limitUsd ? [`$${limitUsd}`] : []), ...(limitTokens ? [count(limitTokens, "token")] : [])].join(" and ");
  return `${most} a ${period}${hard ? "" : " (warns only)"}`;
}

const count = (number: number, noun: string) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

/** A day for people, in UTC so that server and browser agree: "3 Mar 2027". */
export function describeDay(moment: Date): string {
  return moment.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}
