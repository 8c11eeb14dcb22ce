import type { Budget, Limit } from "@/lib/gateway/limits/contract";

type Subject = Pick<Limit, "subjectKind" | "subjectName">;

const kinds = { everyone: "", user: "Person", group: "Group", key: "API key", model: "Model" };
const whole = new Intl.NumberFormat("en-GB");
const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 4 });

/** Money for people: `$1,250.00`, `$0.0042`. */
export const moneyText = (usd: number) => dollars.format(usd);

/** A count for people: `12,000`. */
export const countText = (count: number) => whole.format(count);

/** What kind of thing a limit is for; nothing for everyone. */
export const kindText = ({ subjectKind }: Subject) => kinds[subjectKind];

/** The limits of a subject in a line: `60 requests a minute, 4 at once`. */
export function ratesText({ requestsPerMinute, tokensPerMinute, parallel }: Limit): string {
  return [
    ...(requestsPerMinute === null ? [] : [`${counted(requestsPerMinute, "request")} a minute`]),
    ...(tokensPerMinute === null ? [] : [`${counted(tokensPerMinute, "token")} a minute`]),
    ...(parallel === null ? [] : [`${countText(parallel)} at once`]),
  ].join(", ");
}

/** How much a budget is: `$20.00 a month`. */
export function budgetText({ limitUsd, limitTokens, period }: Budget): string {
  const parts = [...(limitUsd === null ? [] : [moneyText(limitUsd)]), ...(limitTokens === null ? [] : [counted(limitTokens, "token")])];
  return `${parts.join(" and ")} a ${period}`;
}

/** What is used of a budget, by the share that is larger: of money or of tokens. */
export function budgetUse(budget: Budget): { share: number; text: string } {
  const { limitUsd, limitTokens, spentUsd, spentTokens } = budget;
  const ofUsd = limitUsd === null ? -1 : spentUsd / limitUsd;
  const ofTokens = limitTokens === null ? -1 : spentTokens / limitTokens;
  const text =
    ofUsd >= ofTokens
      ? `${moneyText(spentUsd)} of ${moneyText(limitUsd ?? 0)}`
      : `${countText(spentTokens)} of ${counted(limitTokens ?? 0, "token")}`;
  return { share: Math.max(ofUsd, ofTokens), text };
}

const counted = (count: number, noun: string) => `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;
