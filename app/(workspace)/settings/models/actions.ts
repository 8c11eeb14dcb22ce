"use server";

import { action } from "@/lib/auth/action";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { deleteUpstream } from "@/lib/gateway/delete-upstream";
import { testUpstream } from "@/lib/gateway/test-upstream";
import { updateUpstream } from "@/lib/gateway/update-upstream";
import { addUpstreamInput, testUpstreamInput, updateUpstreamInput, upstreamIdInput } from "@/lib/gateway/upstream-contract";

export const addHost = action("admin", addUpstreamInput, async ({ input }) => {
  await addUpstream(input);
});

export const changeHost = action("admin", updateUpstreamInput, async ({ input }) => {
  await updateUpstream(input);
});

export const removeHost = action("admin", upstreamIdInput, ({ input }) => deleteUpstream(input));

export const testHost = action("admin", testUpstreamInput, ({ input }) => testUpstream(input));
