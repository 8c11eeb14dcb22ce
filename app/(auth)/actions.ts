"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { registration } from "@/lib/auth/contract";
import { createAccount } from "@/lib/auth/create-account";
import { requireFirstRun } from "@/lib/auth/require-first-run";
import { chooseEmbeddedModel } from "@/lib/gateway/embedded/choose-embedded-model";
import { retryEmbeddedDownload } from "@/lib/gateway/embedded/retry-embedded-download";

/** Makes an account. Signing in is the next step, so that it goes one way for everybody. */
export const makeAccount = action("public", registration, async ({ input, connection }) => {
  const { role } = await createAccount({ ...input, address: connection.address });
  return { role };
});

/** Chooses the embedded model before there is an admin. */
export const chooseFirstModel = action("public", z.object({ name: z.string().max(200) }), async ({ input }) => {
  await requireFirstRun();
  await chooseEmbeddedModel(input);
});

/** Tries the embedded model's download again before there is an admin. */
export const retryFirstModel = action("public", z.object({}), async () => {
  await requireFirstRun();
  await retryEmbeddedDownload();
});
