import { db } from "@/db/database";
import { listBudgets as listRows } from "@/db/queries/budgets";
import { budgetsNow } from "./budgets-now";
import type { Budget } from "./contract";

/** Every budget as it stands now, oldest first. For admins. */
export async function listBudgets(): Promise<Budget[]> {
  return budgetsNow(await listRows(db()));
}
