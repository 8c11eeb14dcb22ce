"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { newKey } from "@/lib/auth/keys/contract";
import { createKey } from "@/lib/auth/keys/create-key";
import { revokeKey } from "@/lib/auth/keys/revoke-key";
import { updateKey } from "@/lib/auth/keys/update-key";

export const makeKey = action("user", newKey, ({ caller, input }) => createKey(caller, input));

export const endKey = action("user", z.object({ id: z.uuid() }), ({ caller, input }) => revokeKey(caller, input.id));

export const shareCache = action("admin", z.object({ id: z.uuid(), sharesCache: z.boolean() }), async ({ caller, input }) => {
  await updateKey(caller, input);
});
