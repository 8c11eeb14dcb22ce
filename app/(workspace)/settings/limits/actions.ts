"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { changeGroup } from "@/lib/gateway/limits/change-group";
import { callLimitChanges, chatLimit, groupChange, newBudget, newGroup, newLimit } from "@/lib/gateway/limits/contract";
import { createGroup } from "@/lib/gateway/limits/create-group";
import { removeBudget } from "@/lib/gateway/limits/remove-budget";
import { removeGroup } from "@/lib/gateway/limits/remove-group";
import { removeLimit } from "@/lib/gateway/limits/remove-limit";
import { setBudget } from "@/lib/gateway/limits/set-budget";
import { setCallLimits } from "@/lib/gateway/limits/set-call-limits";
import { setChatLimit } from "@/lib/gateway/limits/set-chat-limit";
import { setLimit } from "@/lib/gateway/limits/set-limit";

const byId = z.object({ id: z.uuid() });

export const saveChatLimit = action("admin", chatLimit, ({ input }) => setChatLimit(input));

export const saveCallLimits = action("admin", callLimitChanges, ({ input }) => setCallLimits(input));

export const saveLimit = action("admin", newLimit, async ({ input }) => {
  await setLimit(input);
});

export const dropLimit = action("admin", byId, ({ input }) => removeLimit(input));

export const saveBudget = action("admin", newBudget, async ({ input }) => {
  await setBudget(input);
});

export const dropBudget = action("admin", byId, ({ input }) => removeBudget(input));

export const addGroup = action("admin", newGroup, async ({ input }) => {
  await createGroup(input);
});

export const saveGroup = action("admin", groupChange.extend(byId.shape), async ({ input: { id, ...change } }) => {
  await changeGroup(id, change);
});

export const dropGroup = action("admin", byId, ({ input }) => removeGroup(input));
