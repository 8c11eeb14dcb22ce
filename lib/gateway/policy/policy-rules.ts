import { db } from "@/db/database";
import { type BudgetRow, listBudgets } from "@/db/queries/budgets";
import { listGroups } from "@/db/queries/groups";
import { type LimitRow, listLimits } from "@/db/queries/limits";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";

/** What another instance's admin changed is seen after this long. */
const reloadAfterMs = 15_000;

export type PolicyRules = {
  limits: LimitRow[];
  budgets: BudgetRow[];
  /** By id. */
  groupNames: Map<string, string>;
  /** Whether some limit or budget is for a group, so that it matters who is in which. */
  hasGroups: boolean;
};

type State = { rules: PolicyRules; loadedAt: number; loading?: Promise<void> };
const none = (): PolicyRules => ({ limits: [], budgets: [], groupNames: new Map(), hasGroups: false });
const state = () => processGlobal<State>("policy-rules", () => ({ rules: none(), loadedAt: 0 }));

/**
 * Every limit and budget, as last read; read again in the background from time to time.
 * @param keyId a key that was made since is waited for, as it may have limits of its own
 */
export async function policyRules(keyId?: string): Promise<PolicyRules> {
  const { loadedAt } = state();
  if (loadedAt === 0 || (keyId !== undefined && madeAt(keyId) >= loadedAt)) await loadPolicyRules();
  else if (Date.now() - loadedAt > reloadAfterMs) void loadPolicyRules();
  return state().rules;
}

/** Reads limits, budgets and groups again, as after a change. While the database does not answer, those last read stand. */
export async function loadPolicyRules(): Promise<void> {
  const current = state();
  // One that began before the change would not see it.
  await current.loading;
  current.loading ??= read()
    .then((rules) => {
      current.rules = rules;
    })
    .catch((error) => log().warn({ err: error }, "limits and budgets could not be read; those last read stand"))
    .finally(() => {
      current.loadedAt = Date.now();
      current.loading = undefined;
    });
  await current.loading;
}

async function read(): Promise<PolicyRules> {
  const [limits, budgets, groups] = await Promise.all([listLimits(db()), listBudgets(db()), listGroups(db())]);
  const hasGroups = [...limits, ...budgets].some(({ subjectKind }) => subjectKind === "group");
  return { limits, budgets, hasGroups, groupNames: new Map(groups.map(({ id, name }) => [id, name])) };
}

/** When an id was made, in Unix milliseconds: the first 48 bits of a UUIDv7 (RFC 9562). */
const madeAt = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
