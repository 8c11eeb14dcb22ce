import { otherMethods, route } from "@/lib/auth/route";
import { listBudgets, setBudget } from "@/lib/gateway/limits/contract";
import { listBudgets as list } from "@/lib/gateway/limits/list-budgets";
import { pageAfter } from "@/lib/gateway/limits/page-after";
import { setBudget as set } from "@/lib/gateway/limits/set-budget";

export const GET = route(listBudgets, async ({ query }) => pageAfter(await list(), query));

export const POST = route(setBudget, ({ body }) => set(body));

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
