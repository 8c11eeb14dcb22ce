"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { approveAccount } from "@/lib/auth/approve-account";
import { changeName } from "@/lib/auth/change-name";
import { changePassword } from "@/lib/auth/change-password";
import { nameChange, passwordChange } from "@/lib/auth/contract";
import { declineAccount } from "@/lib/auth/decline-account";
import { revokeSession } from "@/lib/auth/revoke-session";

const byId = z.object({ id: z.uuid() });

export const saveName = action("user", nameChange, async ({ caller, input }) => {
  await changeName(caller, input.name);
});

export const savePassword = action("user", passwordChange, ({ caller, input, connection }) =>
  changePassword(caller, { ...input, address: connection.address }),
);

export const endSession = action("user", byId, ({ caller, input }) => revokeSession(caller, input.id));

export const approvePerson = action("admin", byId, ({ caller, input }) => approveAccount(caller, input.id));

export const declinePerson = action("admin", byId, ({ caller, input }) => declineAccount(caller, input.id));
