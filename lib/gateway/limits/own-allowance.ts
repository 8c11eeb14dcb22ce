import { db } from "@/db/database";
import { listBudgets } from "@/db/queries/budgets";
import { listLimits } from "@/db/queries/limits";
import type { Caller } from "@/lib/http/caller";
import { gatewaySettings } from "../gateway-settings";
import { findMember } from "../policy/find-member";
import { budgetsNow } from "./budgets-now";
import type { Budget, Limit } from "./contract";
import { nameSubjects } from "./name-subjects";

/** The limits and budgets that hold for a user: everyone's, their own and those of their groups. */
export async function ownAllowance({ userId }: Caller): Promise<{ chatPerMinute: number; limits: Limit[]; budgets: Budget[] }> {
  const [limits, budgets, { groupIds }] = await Promise.all([listLimits(db()), listBudgets(db()), findMember(userId)]);
  const ids = new Set(["", userId, ...groupIds]);
  const isOwn = ({ subjectId }: { subjectId: string }) => ids.has(subjectId);
  return {
    chatPerMinute: gatewaySettings().chatPerMinute,
    limits: await nameSubjects(limits.filter(isOwn)),
    budgets: await budgetsNow(budgets.filter(isOwn)),
  };
}
