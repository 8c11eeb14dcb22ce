import { otherMethods, route } from "@/lib/auth/route";
import { deleteBudget } from "@/lib/gateway/limits/contract";
import { removeBudget } from "@/lib/gateway/limits/remove-budget";

export const DELETE = route(deleteBudget, ({ params }) => removeBudget({ id: params.budgetId }));

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods(DELETE);
