import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { pageOf, pageQuery } from "@/lib/http/page";
import { lineOfText, listOf } from "@/lib/http/text";

const shared = { tag: "Limits and budgets", access: "admin" as const };
const time = z.date().transform((at) => at.toISOString());

export const subjectKind = z
  .enum(["everyone", "user", "group", "key", "model"])
  .describe("A limit for everyone holds for each user by themselves; the others, and every budget, for all they are for together");

const subject = {
  subjectKind,
  subjectId: lineOfText(200).nullish().describe("A user's, group's or key's id, or a model's; none for everyone"),
};

type GivenSubject = { subjectKind: z.output<typeof subjectKind>; subjectId?: string | null };

/** Whether a subject is named as its kind asks for. */
function namesSubject({ subjectKind: kind, subjectId }: GivenSubject): boolean {
  if (kind === "everyone") return !subjectId;
  return kind === "model" ? Boolean(subjectId) : z.uuid().safeParse(subjectId).success;
}

const subjectFault = { path: ["subjectId"], message: "Name whom it is for: an id, or a model; nothing for everyone" };
const count = (max: number) => z.number().int().min(1).max(max).nullish();

export const newLimit = z
  .object({ ...subject, requestsPerMinute: count(1_000_000), tokensPerMinute: count(1_000_000_000), parallel: count(10_000) })
  .refine(namesSubject, subjectFault)
  .refine(({ requestsPerMinute, tokensPerMinute, parallel }) => requestsPerMinute || tokensPerMinute || parallel, {
    path: ["requestsPerMinute"],
    message: "Set at least one of the limits",
  });

export const newBudget = z
  .object({
    ...subject,
    period: z.enum(["day", "month"]).describe("Of UTC"),
    limitUsd: z.number().positive().max(1_000_000_000).nullish(),
    limitTokens: z.number().int().min(1).max(1_000_000_000_000).nullish(),
    hard: z.boolean().default(true).describe("Refuses calls that could go past it; false only warns"),
  })
  .refine(namesSubject, subjectFault)
  .refine(({ limitUsd, limitTokens }) => limitUsd || limitTokens, { path: ["limitUsd"], message: "Set a limit of money or of tokens" });

const named = { subjectKind, subjectId: z.string().nullable(), subjectName: z.string().describe("As people know it") };

export const limit = z
  .object({
    id: z.uuid(),
    ...named,
    requestsPerMinute: z.number().int().nullable(),
    tokensPerMinute: z.number().int().nullable(),
    parallel: z.number().int().nullable().describe("Calls at once"),
    createdAt: time,
  })
  .meta({ id: "Limit" });

export const budget = z
  .object({
    id: z.uuid(),
    ...named,
    period: z.enum(["day", "month"]),
    limitUsd: z.number().nullable(),
    limitTokens: z.number().int().nullable(),
    hard: z.boolean(),
    resetsAt: time.describe("When its present period ends"),
    spentUsd: z.number(),
    spentTokens: z.number().int(),
    reservedUsd: z.number().describe("The worst case of calls that are under way"),
    reservedTokens: z.number().int(),
    createdAt: time,
  })
  .meta({ id: "Budget" });

export const newGroup = z.object({ name: lineOfText(100), members: listOf(z.uuid(), 1_000).default([]).describe("Ids of accounts") });
export const groupChange = z.object({ name: lineOfText(100).optional(), members: listOf(z.uuid(), 1_000).optional() });

export const group = z.object({ id: z.uuid(), name: z.string(), members: z.array(z.uuid()), createdAt: time }).meta({ id: "Group" });

export const chatLimit = z.object({ chatPerMinute: z.number().int().min(1).max(100_000).nullable() });

const limitMs = z.number().int().min(100).max(86_400_000);

/** How long calls may wait and take, and how many may wait, whoever makes them. */
export const callLimits = z.object({
  queueMax: z.number().int().min(0).max(10_000).describe("Calls in line for one model"),
  queueTimeoutMs: limitMs.max(3_600_000).describe("In line"),
  connectTimeoutMs: limitMs,
  firstTokenTimeoutMs: limitMs.describe("From a host that has the model loaded"),
  coldLoadTimeoutMs: limitMs.describe("For the first token, from a host that may have to load the model first"),
  idleTimeoutMs: limitMs.describe("Of silence in the middle of a reply"),
  replyTimeoutMs: limitMs.describe("For a whole reply"),
  ollamaContextTokens: z.number().int().min(512).max(10_000_000).describe("Asked of an Ollama at most"),
  modelIdleMs: limitMs.describe("Until the embedded model leaves memory"),
});

/** What admins set of them; null takes one back to its default, and one that is absent stays. */
export const callLimitChanges = z.object(eachNullable(callLimits.shape)).partial();

export type CallLimits = z.output<typeof callLimits>;
export type CallLimitChanges = z.output<typeof callLimitChanges>;

function eachNullable<Shape extends Record<string, z.ZodType>>(shape: Shape) {
  const fields = Object.entries(shape).map(([name, schema]) => [name, schema.nullable()]);
  return Object.fromEntries(fields) as { [Name in keyof Shape]: z.ZodNullable<Shape[Name]> };
}

/** Whom limits and budgets can be for, by what people know them by; `unpriced` are the models that budgets of money cannot count. */
export type SubjectChoices = Record<"people" | "groups" | "keys", { id: string; name: string }[]> & Record<"models" | "unpriced", string[]>;

export type NewLimit = z.output<typeof newLimit>;
export type NewBudget = z.output<typeof newBudget>;
/** As verbs and pages have them, with dates. */
export type Limit = z.input<typeof limit>;
export type Budget = z.input<typeof budget>;
export type Group = z.input<typeof group>;

export const listLimits = defineContract({
  ...shared,
  method: "GET",
  path: "/api/v1/limits",
  summary: "Every limit of requests and tokens a minute and of calls at once",
  query: pageQuery,
  returns: pageOf(limit),
});

export const setLimit = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/limits",
  summary: "Set the limits of a subject, in place of those it had",
  body: newLimit,
  returns: limit,
  status: 201,
  errors: ["not_found"],
});

export const deleteLimit = defineContract({
  ...shared,
  method: "DELETE",
  path: "/api/v1/limits/{limitId}",
  summary: "Remove the limits of a subject",
  params: z.object({ limitId: z.uuid() }),
  errors: ["not_found"],
});

export const listBudgets = defineContract({
  ...shared,
  method: "GET",
  path: "/api/v1/budgets",
  summary: "Every budget, with what is spent and reserved of it now",
  query: pageQuery,
  returns: pageOf(budget),
});

export const setBudget = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/budgets",
  summary: "Set the budget of a subject for a day or a month, in place of the one it had; what is spent stays",
  body: newBudget,
  returns: budget,
  status: 201,
  errors: ["not_found"],
});

export const deleteBudget = defineContract({
  ...shared,
  method: "DELETE",
  path: "/api/v1/budgets/{budgetId}",
  summary: "Remove a budget with what was spent of it",
  params: z.object({ budgetId: z.uuid() }),
  errors: ["not_found"],
});

export const listGroups = defineContract({
  ...shared,
  method: "GET",
  path: "/api/v1/groups",
  summary: "Every group of people",
  query: pageQuery,
  returns: pageOf(group),
});

export const createGroup = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/groups",
  summary: "Make a group of people, for limits and budgets they share",
  body: newGroup,
  returns: group,
  status: 201,
  errors: ["conflict", "not_found"],
});

export const changeGroup = defineContract({
  ...shared,
  method: "PATCH",
  path: "/api/v1/groups/{groupId}",
  summary: "Rename a group, or set who is in it",
  params: z.object({ groupId: z.uuid() }),
  body: groupChange,
  returns: group,
  errors: ["conflict", "not_found"],
});

export const deleteGroup = defineContract({
  ...shared,
  method: "DELETE",
  path: "/api/v1/groups/{groupId}",
  summary: "Remove a group with its limits and budgets; its members stay",
  params: z.object({ groupId: z.uuid() }),
  errors: ["not_found"],
});
