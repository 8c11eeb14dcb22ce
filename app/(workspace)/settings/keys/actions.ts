"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { keyChanges, newKey } from "@/lib/auth/keys/contract";
import { createKey } from "@/lib/auth/keys/create-key";
import { revokeKey } from "@/lib/auth/keys/revoke-key";
import { updateKey } from "@/lib/auth/keys/update-key";

const byId = z.object({ id: z.uuid() });

export const makeKey = action("user", newKey, ({ caller, input }) => createKey(caller, input));

export const endKey = action("user", byId, ({ caller, input }) => revokeKey(caller, input.id));

export const changeKey = action("user", keyChanges.omit({ sharesCache: true }).extend(byId.shape), async ({ caller, input }) => {
  await updateKey(caller, input);
});

export const shareCache = action("admin", byId.extend({ sharesCache: z.boolean() }), async ({ caller, input }) => {
  await updateKey(caller, input);
});
