"use server";

import { action } from "@/lib/auth/action";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { deleteUpstream } from "@/lib/gateway/delete-upstream";
import { closeHostBreaker } from "@/lib/gateway/hosts/close-host-breaker";
import { updateUpstream } from "@/lib/gateway/update-upstream";
import { addUpstreamInput, breakerInput, updateUpstreamInput, upstreamIdInput } from "@/lib/gateway/upstream-contract";

export const addHost = action("admin", addUpstreamInput, async ({ input }) => {
  await addUpstream(input);
});

export const changeHost = action("admin", updateUpstreamInput, ({ input }) => updateUpstream(input));

export const removeHost = action("admin", upstreamIdInput, ({ input }) => deleteUpstream(input));

export const closeBreaker = action("admin", breakerInput, ({ input }) => closeHostBreaker(input));
